/* Brings the widgets of a built page to life: no kernel, no server, no other host.
 *
 * The build puts two constants in front of this file: `nnConfig` (where Pyodide is and how large) and
 * `nnModules` (playground.js and stepper.js, which notebooks use too).
 */
(() => {
  const HERE = new URL(".", document.currentScript.src); // the folder of this script
  const KOREAN = (document.documentElement.lang || "en").startsWith("ko");
  const WORDS = KOREAN
    ? {
        play: "재생",
        pause: "일시 정지",
        lost: "그림을 불러오지 못했습니다. 연결을 확인하고 다시 움직여 보세요.",
        live: (mb) => `이 페이지에서 파이썬으로 직접 학습하기 (약 ${mb} MB 내려받음)`,
        loading: "파이썬을 내려받아 시작하는 중…",
        ready: "파이썬이 준비되었습니다. 이제 어떤 값이든 학습할 수 있습니다.",
        failed: "파이썬을 시작하지 못했습니다. 저장된 학습 결과를 계속 볼 수 있습니다.",
        retry: "다시 시도",
      }
    : {
        play: "Play",
        pause: "Pause",
        lost: "The pictures could not be loaded. Check the connection and move the control again.",
        live: (mb) => `Train any value in this page with Python (downloads about ${mb} MB)`,
        loading: "Downloading and starting Python…",
        ready: "Python is ready: every value can be trained now.",
        failed: "Python could not start. The stored runs go on working.",
        retry: "Try again",
      };
  const PLAY_MS = 700;

  /* ---- data: a chunk stands in the figure, or in a file of its own ---- */
  const arrived = new Map(),
    waiting = new Map();
  window.nnChunk = (id, data) => arrived.set(id, data);

  function loadChunk(figure, id) {
    if (arrived.has(id)) return Promise.resolve(arrived.get(id));
    const inline = figure.querySelector(`script[data-nn-chunk="${id}"]`);
    if (inline) {
      arrived.set(id, JSON.parse(inline.textContent));
      return Promise.resolve(arrived.get(id));
    }
    if (!waiting.has(id))
      waiting.set(
        id,
        new Promise((resolve, reject) => {
          const script = document.createElement("script"); // unlike fetch, works from file:// too
          script.src = new URL(`chunks/${id}.js`, HERE);
          script.onload = () => resolve(arrived.get(id));
          script.onerror = () => {
            waiting.delete(id);
            script.remove();
            reject(new Error(`chunk ${id}`));
          };
          document.head.append(script);
        }),
      );
    return waiting.get(id);
  }

  /* ---- state: in the page's address, so that what is shown can be shared ---- */
  const address = {
    get: (key) => new URLSearchParams(location.search).get(key),
    set(entries) {
      const query = new URLSearchParams(location.search);
      for (const [key, value] of Object.entries(entries))
        value === null ? query.delete(key) : query.set(key, value);
      try {
        history.replaceState(null, "", `?${query}${location.hash}`);
      } catch {
        /* some browsers refuse this for files, or too often: the page works without */
      }
    },
  };

  const element = (tag, attributes = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), attributes);
    node.append(...children);
    return node;
  };

  /* ---- explore ---- */
  function mountExplorer(figure, settings, prefix) {
    const picture = figure.querySelector(".nn-picture"),
      status = element("p", { className: "nn-status visually-hidden" });
    status.setAttribute("role", "status");
    const controls = settings.controls.map((control, i) => makeControl(control, `${prefix}${i}`));
    figure.prepend(
      element("div", { className: "nn-controls" }, ...controls.map((control) => control.row)),
      status,
    );

    function makeControl(control, id) {
      const { label, kind, texts, start, name } = control,
        key = `${prefix}${name}`;
      const restored = texts.indexOf(address.get(key));
      let place = restored < 0 ? start : restored,
        timer = 0;
      let input;
      if (kind === "menu") {
        input = element(
          "select",
          { id, oninput: () => go(input.selectedIndex) },
          ...texts.map((text) => new Option(text)),
        );
      } else if (kind === "checkbox") {
        input = element("input", { type: "checkbox", id, oninput: () => go(+input.checked) });
      } else {
        input = element("input", {
          type: "range",
          id,
          min: 0,
          max: texts.length - 1,
          step: 1,
          oninput: () => {
            const wanted = +input.value;
            stop();
            go(wanted);
          },
        });
      }
      const output = element("output", { hidden: kind !== "slider" });
      output.htmlFor = id;
      const row = element(
        "div",
        { className: "nn-control" },
        element("label", { htmlFor: id, textContent: label }),
        input,
        output,
      );
      const button = element("button", {
        type: "button",
        className: "nn-button",
        onclick: () => (timer ? stop() : play()),
      });
      if (kind === "slider" && texts.length > 2) row.append(button);

      function mark() {
        if (kind === "menu") input.selectedIndex = place;
        else if (kind === "checkbox") input.checked = place === 1;
        else input.value = place;
        input.setAttribute("aria-valuetext", texts[place]);
        output.textContent = texts[place];
        button.textContent = timer ? "❚❚" : "▶";
        button.setAttribute("aria-label", `${timer ? WORDS.pause : WORDS.play}: ${label}`);
      }
      function go(wanted) {
        place = wanted;
        mark();
        address.set({ [key]: place === start ? null : texts[place] });
        show();
      }
      function stop() {
        clearInterval(timer);
        timer = 0;
        mark();
      }
      function play() {
        if (place === texts.length - 1) go(0);
        timer = setInterval(() => {
          go(place + 1);
          if (place === texts.length - 1) stop();
        }, PLAY_MS);
        mark();
      }
      mark();
      return {
        row,
        get place() {
          return place;
        },
        count: texts.length,
        moved: place !== start,
        text: () => `${label} ${texts[place]}`,
      };
    }

    async function show() {
      let frames;
      try {
        frames = await loadChunk(figure, settings.chunks.frames);
      } catch {
        status.classList.remove("visually-hidden");
        status.textContent = WORDS.lost;
        return;
      }
      status.classList.add("visually-hidden");
      // Read after the wait: the newest position counts, whatever it was when the wait began.
      const place = controls.reduce((sum, control) => sum * control.count + control.place, 0);
      picture.innerHTML = frames[place];
      figure.dataset.nnShown = place;
      status.textContent = controls.map((control) => control.text()).join(", ");
    }
    whenNear(figure, () => loadChunk(figure, settings.chunks.frames).catch(() => {}));
    if (controls.some((control) => control.moved)) show();
  }

  /* ---- the playground: stored runs, and Python in a worker when the reader asks for it ---- */
  function mountPlayground(figure, settings, prefix) {
    const host = figure.querySelector(".nn-picture");
    let heard = () => {},
      worker = null;
    const stored = ({ seed, hidden_size, learning_rate }) => {
      const id = settings.chunks[`${hidden_size}-${seed}`];
      return id
        ? loadChunk(figure, id).then((runs) => runs[learning_rate])
        : Promise.resolve(undefined);
    };
    const bytes = (text) =>
      new DataView(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
    const model = {
      get: (name) => (name === "settings" ? live : restoreState()),
      set: (name, state) =>
        address.set(Object.fromEntries(STATE.map((key) => [prefix + key, state[key] ?? null]))),
      on: (event, callback) => {
        heard = callback;
      },
      send(request) {
        if (worker) return worker.postMessage(request);
        stored(request).then(
          (run) =>
            run
              ? heard({ ...run, type: "run", number: request.number }, [
                  bytes(run.loss),
                  bytes(run.weights),
                ])
              : heard({ type: "error", number: request.number, message: WORDS.failed }, []),
          () => heard({ type: "error", number: request.number, message: WORDS.lost }, []),
        );
      },
    };
    const STATE = ["learning_rate", "hidden_size", "seed", "epoch", "second"];
    function restoreState() {
      const state = Object.fromEntries(
        STATE.map((key) => [key, address.get(prefix + key)])
          .filter(([, v]) => v !== null)
          .map(([k, v]) => [k, +v]),
      );
      const { grid } = live;
      // A shared address may name a run that only Python can train; then the first picture is a stored one.
      if (!grid.learning_rates.includes(state.learning_rate)) delete state.learning_rate;
      if (!grid.hidden_sizes.includes(state.hidden_size)) delete state.hidden_size;
      if (!grid.seeds.includes(state.seed)) delete state.seed;
      if (!grid.learning_rates.includes(state.second)) delete state.second;
      return state;
    }
    let live;
    loadChunk(figure, settings.chunks.data).then(
      (data) => {
        live = { ...settings, data };
        nnModules.playground.render({ model, el: host });
        if (location.protocol !== "file:") offerPython();
      },
      () => {
        /* the still picture stays */
      },
    );

    function offerPython() {
      const status = element("p", { className: "nn-status" });
      status.setAttribute("role", "status");
      const button = element("button", {
        type: "button",
        className: "nn-button",
        textContent: WORDS.live(nnConfig.megabytes),
        onclick: begin,
      });
      host.after(element("div", { className: "nn-live" }, button, status));
      function fail(message) {
        worker?.terminate();
        worker = null;
        button.disabled = false;
        button.textContent = WORDS.retry;
        status.textContent = WORDS.failed;
        console.info(`nnlib: ${message}`); // for whoever looks for the cause
      }
      function begin() {
        button.disabled = true;
        status.textContent = WORDS.loading;
        const starting = new Worker(new URL("worker.js", HERE));
        starting.onerror = (event) => fail(event.message);
        starting.onmessage = ({ data: { content, buffers } }) => {
          if (content.type === "failed") fail(content.message);
          else if (content.type === "trainer") {
            worker = starting;
            button.remove();
            status.textContent = `${WORDS.ready} (${content.versions})`;
            heard({ type: "trainer" }, []);
          } else
            heard(
              content,
              buffers.map((buffer) => new DataView(buffer)),
            );
        };
        starting.postMessage({ start: { pyodide: new URL(nnConfig.pyodide, HERE).href } });
      }
    }
  }

  /* ---- the graph stepper: the drawing is in the figure, the explanations are a chunk ---- */
  function mountStepper(figure, settings, prefix) {
    const host = figure.querySelector(".nn-picture"),
      svg = host.innerHTML,
      key = `${prefix}step`;
    whenNear(figure, () =>
      loadChunk(figure, settings.chunks.frames).then(
        (frames) =>
          nnModules.stepper.render({
            el: host,
            model: {
              get: (name) => (name === "settings" ? { svg, frames } : { step: address.get(key) }),
              set: (name, { step }) => address.set({ [key]: step || null }),
            },
          }),
        () => {
          /* the still picture stays */
        },
      ),
    );
  }

  function whenNear(node, action) {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        action();
      },
      { rootMargin: "400px" },
    );
    observer.observe(node);
  }

  const MOUNT = { explorer: mountExplorer, playground: mountPlayground, stepper: mountStepper };
  document.addEventListener("DOMContentLoaded", () => {
    document
      .querySelectorAll("figure[data-nn-widget]")
      .forEach((figure, i) =>
        MOUNT[figure.dataset.nnWidget]?.(
          figure,
          JSON.parse(figure.dataset.nnSettings),
          `w${i + 1}.`,
        ),
      );
  });
})();
