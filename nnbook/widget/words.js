/* Every word of the widgets, in English and in Korean. A text names its values: "of {count}". */

const WORDS = {
  shared: {
    en: {
      play: "Play",
      pause: "Pause",
      exact: "any value:",
      invalid: "{value} is not possible here. Allowed: {low} – {high}",
      whole: "{value} is not possible here. Allowed: whole numbers from {low} to {high}",
      waiting: "Waiting for Python. If the kernel was restarted, run this cell again.",
      gone: "The kernel that answered here is gone. Run this cell again.",
      lost: "The data could not be loaded. Check the connection and move the control again.",
    },
    ko: {
      play: "재생",
      pause: "일시 정지",
      exact: "값 직접 입력:",
      invalid: "{value}: 쓸 수 없는 값입니다. 가능한 범위: {low} – {high}",
      whole: "{value}: 쓸 수 없는 값입니다. {low}부터 {high}까지의 정수만 쓸 수 있습니다.",
      waiting: "파이썬의 답을 기다리는 중입니다. 커널을 다시 시작했다면 이 셀을 다시 실행하세요.",
      gone: "여기에 답하던 커널이 없어졌습니다. 이 셀을 다시 실행하세요.",
      lost: "데이터를 불러오지 못했습니다. 연결을 확인하고 다시 움직여 보세요.",
    },
  },
  explorer: {
    en: {},
    ko: {},
  },
  live: {
    en: {
      region: "Run this page",
      start: "Run this page",
      start_here: "Run this page to change its code",
      size:
        "Starts Python here, in your browser: {python} MB to download, and {drawing} MB more " +
        "for charts. Then every cell can be changed and run, and every exercise is checked.",
      file:
        "This page was opened from a file, where a browser can't start Python. To run its cells, " +
        "type make serve in the folder of the book and open the address that it prints.",
      unable: "This browser can't run Python: it has no WebAssembly. A newer one can.",
      unloaded: "The page's script could not be loaded. Check the connection and press again.",
      downloading: "Downloading Python…",
      count: "{done} of {all} MB",
      starting: "Starting Python…",
      cancel: "Cancel",
      retry: "Try again",
      ready: "Python {version} is ready: change a cell and run it.",
      failures: {
        network:
          "{host} can't be reached: the connection failed, or the network blocks it. The page " +
          "stays as it was. Try again, or use a copy of the book that brings its own Python.",
        missing: "{host} has no {file}. The page stays as it was. Try again later.",
        changed:
          "{file} from {host} is not the file that this book was made with, so it was not used. " +
          "The page stays as it was. Try again later; if it happens again, tell whoever runs " +
          "this site.",
        start:
          "Python was downloaded but could not start ({message}). Reload the page and try again.",
        cancelled: "Python was not started. The page stays as it was.",
      },
      drawing: "Downloading Matplotlib, which this cell draws with…",
      run_all: "Run all",
      run: "Run",
      above: "Run above",
      stop: "Stop",
      reset: "Reset",
      keys: "Shift+Enter runs a cell and goes on, Ctrl+Enter stays, Escape leaves.",
      of_cell: "{action}: cell {number}",
      cell: "Cell {number}",
      code: "Code of cell {number}",
      states: {
        queued: "waiting",
        running: "running…",
        ran: "ran",
        error: "error",
        stale: "out of date",
      },
      edited: "changed, not run",
      running: "Cell {number} is running…",
      ran: "ran",
      failed: "ended with an error",
      cell_says: "Cell {number}: {said}.",
      skipped: "Cell {number} was not run: it needs cell {failed}, which ended with an error.",
      stuck:
        "Stopped. One long computation can't be interrupted, so Python was started anew: what " +
        "the cells had made is gone, what you wrote is not.",
      crashed:
        "Python has run out of memory or crashed, and is started anew: what the cells made is " +
        "gone, what you wrote is not. Smaller arrays may help.",
      anew: "Python is ready again. The next run starts with the cells above.",
      not_anew: "Python could not be started anew. Reload the page; what you wrote is kept.",
      no_editor: "The editor could not be loaded. Check the connection and press the code again.",
      newer: "You changed this cell in an earlier edition of the book. Reset brings the new text.",
      cut: "The rest is not shown: this cell has printed more than {characters} characters.",
      place: "{file}, line {line}",
      this_cell: "This cell",
      library: "In the library ({count})",
      traceback: "The whole traceback",
      cause: "This led to:",
      context: "While this was handled, another error occurred:",
      hints: {
        ModuleNotFoundError:
          "This page has Python's standard library, NumPy, Matplotlib, nnlib and nnbook. " +
          "For other packages, download the notebook and run it on your machine.",
        FileNotFoundError:
          "Python in this page sees no file of your machine. A file that a cell writes is there " +
          "until the page is closed.",
        NoInputError: "A page can't wait for typed input. Give the value a name in the cell.",
        MemoryError: "A page has less memory than a program. Try smaller arrays.",
        KeyboardInterrupt: "You have stopped this cell. What it had made so far is still there.",
      },
    },
    ko: {
      region: "이 페이지 실행",
      start: "이 페이지 실행하기",
      start_here: "이 페이지를 실행해 코드 고쳐 보기",
      size:
        "브라우저 안에서 파이썬을 시작합니다. {python} MB를 내려받고, 그래프에 {drawing} MB가 더 " +
        "필요합니다. 그러면 모든 셀을 고쳐 실행하고 모든 연습 문제를 채점할 수 있습니다.",
      file:
        "파일로 연 페이지에서는 브라우저가 파이썬을 시작할 수 없습니다. 셀을 실행하려면 책 폴더에서 " +
        "make serve를 입력하고, 출력된 주소를 여세요.",
      unable:
        "이 브라우저에는 WebAssembly가 없어 파이썬을 실행할 수 없습니다. 최신 브라우저를 쓰세요.",
      unloaded: "페이지의 스크립트를 불러오지 못했습니다. 연결을 확인하고 다시 누르세요.",
      downloading: "파이썬을 내려받는 중…",
      count: "{all} MB 중 {done} MB",
      starting: "파이썬을 시작하는 중…",
      cancel: "취소",
      retry: "다시 시도",
      ready: "파이썬 {version} 준비 완료. 셀을 고치고 실행해 보세요.",
      failures: {
        network:
          "{host}에 연결할 수 없습니다. 연결이 끊겼거나 네트워크가 막고 있습니다. 페이지는 그대로입니다. " +
          "다시 시도하거나, 파이썬을 함께 담은 책 사본을 쓰세요.",
        missing: "{host}에 {file} 파일이 없습니다. 페이지는 그대로입니다. 나중에 다시 시도하세요.",
        changed:
          "{host}의 {file} 파일이 이 책을 만들 때의 파일과 달라서 쓰지 않았습니다. 페이지는 그대로입니다. " +
          "나중에 다시 시도하고, 또 일어나면 이 사이트의 운영자에게 알려 주세요.",
        start:
          "파이썬을 내려받았지만 시작하지 못했습니다({message}). 페이지를 새로 고치고 다시 시도하세요.",
        cancelled: "파이썬을 시작하지 않았습니다. 페이지는 그대로입니다.",
      },
      drawing: "이 셀이 그림을 그릴 때 쓰는 Matplotlib을 내려받는 중…",
      run_all: "모두 실행",
      run: "실행",
      above: "위까지 실행",
      stop: "멈추기",
      reset: "되돌리기",
      keys: "Shift+Enter는 실행하고 다음 셀로, Ctrl+Enter는 실행하고 그대로, Escape는 셀에서 나갑니다.",
      of_cell: "{action}: 셀 {number}",
      cell: "셀 {number}",
      code: "셀 {number}의 코드",
      states: {
        queued: "기다리는 중",
        running: "실행 중…",
        ran: "실행됨",
        error: "오류",
        stale: "지난 결과",
      },
      edited: "고쳤지만 실행하지 않음",
      running: "셀 {number} 실행 중…",
      ran: "실행됨",
      failed: "오류로 끝남",
      cell_says: "셀 {number}: {said}.",
      skipped: "셀 {number}: 실행하지 않았습니다. 필요한 셀 {failed}에서 오류가 났습니다.",
      stuck:
        "멈췄습니다. 긴 계산 하나는 도중에 끊을 수 없어서 파이썬을 다시 시작했습니다. 셀이 만든 값은 " +
        "사라졌지만, 쓴 글은 남아 있습니다.",
      crashed:
        "메모리가 모자라거나 파이썬이 멈춰서 다시 시작합니다. 셀이 만든 값은 사라졌지만, 쓴 글은 남아 있습니다. " +
        "배열을 줄이면 도움이 될 수 있습니다.",
      anew: "파이썬이 다시 준비되었습니다. 다음 실행은 위의 셀부터 시작합니다.",
      not_anew: "파이썬을 다시 시작하지 못했습니다. 페이지를 새로 고치세요. 쓴 글은 남아 있습니다.",
      no_editor: "편집기를 불러오지 못했습니다. 연결을 확인하고 코드를 다시 누르세요.",
      newer: "책의 이전 판에서 이 셀을 고쳤습니다. 되돌리기를 누르면 새 내용이 나옵니다.",
      cut: "나머지는 보이지 않습니다. 이 셀은 {characters}자보다 많이 출력했습니다.",
      place: "{file}, {line}행",
      this_cell: "이 셀",
      library: "라이브러리 안({count})",
      traceback: "전체 트레이스백",
      cause: "이 오류 때문에 다음 오류가 났습니다:",
      context: "이 오류를 처리하다가 다른 오류가 났습니다:",
      hints: {
        ModuleNotFoundError:
          "이 페이지에는 파이썬 표준 라이브러리, NumPy, Matplotlib, nnlib, nnbook이 있습니다. " +
          "다른 패키지는 노트북을 내려받아 자기 컴퓨터에서 실행하세요.",
        FileNotFoundError:
          "이 페이지의 파이썬은 컴퓨터의 파일을 볼 수 없습니다. 셀이 쓴 파일은 페이지를 닫을 때까지 남아 있습니다.",
        NoInputError: "페이지에서는 입력을 기다릴 수 없습니다. 셀 안에서 값에 이름을 붙이세요.",
        MemoryError: "페이지의 메모리는 프로그램보다 적습니다. 더 작은 배열을 써 보세요.",
        KeyboardInterrupt: "이 셀을 멈췄습니다. 그때까지 만든 값은 남아 있습니다.",
      },
    },
  },
  page: {
    en: { unavailable: "The controls could not be loaded.", retry: "Try again" },
    ko: { unavailable: "조작 도구를 불러오지 못했습니다.", retry: "다시 시도" },
  },
  progress: {
    en: {
      count: "{right} of {count} exercises right",
      of: "{right} of {count} exercises",
      right: "✓ right",
      wrong: "✗ not yet right",
      earlier: "○ checked in an earlier edition",
      closed:
        "This browser's storage is closed or full: what you do is lost when you close the page. " +
        "Export it before.",
      ignored: "Entries that could not be read and are ignored: {count}.",
      fold: "Your progress in this browser",
      where:
        "Your answers and the results of their checks are kept by this browser on this device, " +
        "and are sent nowhere. They are gone when you clear the browser's data. " +
        "Export saves them in a file; an imported answer replaces the one that is here.",
      export: "Export",
      import: "Import",
      imported: "Entries taken in: {count}.",
      foreign: "This file was not exported by this book, or it is damaged. Nothing was changed.",
      erase: "Erase",
      sure: "Erase everything, on all pages?",
      yes: "Yes",
      no: "No",
      erased: "Everything is erased.",
    },
    ko: {
      count: "연습 문제 {count}개 중 {right}개 정답",
      of: "연습 문제 {count}개 중 {right}개",
      right: "✓ 정답",
      wrong: "✗ 아직 정답 아님",
      earlier: "○ 이전 판에서 확인함",
      closed:
        "이 브라우저의 저장 공간이 막혀 있거나 가득 찼습니다. 페이지를 닫으면 지금 하는 일이 사라집니다. " +
        "닫기 전에 내보내세요.",
      ignored: "읽을 수 없어 건너뛴 항목: {count}개.",
      fold: "이 브라우저에 저장된 진도",
      where:
        "답과 확인 결과는 이 기기의 브라우저에만 저장되고, 어디에도 보내지 않습니다. " +
        "브라우저 데이터를 지우면 함께 사라집니다. " +
        "내보내기는 파일로 저장하고, 가져온 답은 여기에 있는 답을 대신합니다.",
      export: "내보내기",
      import: "가져오기",
      imported: "가져온 항목: {count}개.",
      foreign: "이 책에서 내보낸 파일이 아니거나 파일이 손상되었습니다. 바뀐 것은 없습니다.",
      erase: "지우기",
      sure: "모든 페이지의 기록을 지울까요?",
      yes: "예",
      no: "아니요",
      erased: "모두 지웠습니다.",
    },
  },
  quiz: {
    en: {
      check: "Check",
      again: "Try again",
      restart: "Start again",
      right: "✓ Right.",
      wrong: "✗ Not right.",
      choose: "Choose an answer first.",
      no_shape: "Write a shape in numbers, for example (8, 9) or (8,).",
      no_number: "Write a number with a point, for example 0.25.",
      shape: "Your answer (a shape)",
      number: "Your answer ({precision})",
      integer: "a whole number",
      rounded: "rounded to a whole number",
      decimal: "to 1 decimal",
      decimals: "to {count} decimals",
      within: "within ±{precision}",
      section: "Section {section} explains it.",
      tally: "{right} of {count} right",
    },
    ko: {
      check: "확인",
      again: "다시 풀기",
      restart: "처음부터 다시",
      right: "✓ 맞았습니다.",
      wrong: "✗ 틀렸습니다.",
      choose: "먼저 답을 고르세요.",
      no_shape: "형상을 숫자로 쓰세요. 예: (8, 9) 또는 (8,)",
      no_number: "소수점을 써서 숫자를 적으세요. 예: 0.25",
      shape: "답 (형상)",
      number: "답 ({precision})",
      integer: "정수",
      rounded: "반올림한 정수",
      decimal: "소수점 아래 1자리까지",
      decimals: "소수점 아래 {count}자리까지",
      within: "오차 ±{precision} 이내",
      section: "{section}절에 설명이 있습니다.",
      tally: "{count}문제 중 {right}문제 정답",
    },
  },
  stepper: {
    en: {
      step: "step",
      of: "of",
      first: "First step",
      back: "Back",
      next: "Next",
      last: "Last step",
      start: "Start",
      forward: "Forward",
      backward: "Backward",
      graph: "Graph",
      known: "The inputs are known:",
      reads: "reads",
      writes: "gives",
      receives: "receives",
      sends: "passes on",
      fills: "fills",
      choose: "Choose an entry (click, or arrow keys) of",
      local: "Local gradient",
      chain: "upstream × local gradient",
      upstream: "upstream",
      notebook: "this notebook",
      line: "line",
      here: "Here",
      is: "{code} is {name}",
      predict: "Predict: ask me before each backward step",
      predicted: "{right} of {count} predicted",
      ask: "The next node, {kind}, passes a gradient on along the wire {wire}. What is {entry}?",
      given: "This is known: first what comes in, then what the node used.",
      check: "Check",
      show: "Show",
      right: "✓ Right: {entry} = {result}.",
      revealed: "{entry} = {result}.",
      wrong: "✗ Not right.",
      sign: "The size is right, the sign is not.",
      unchanged: "This is the upstream gradient itself, passed on unchanged.",
      rule: "Take the upstream gradient, {upstream}, times the local gradient.",
      no_number: "Write a number with a point or as a fraction, for example 0.25, -3 or 1/3.",
      own: "Your own numbers",
      own_how: "Change a number and press Enter. Python runs the graph again with all of them.",
      refused: "These numbers were refused, and the steps show those before. {message}",
      unknown: "A node of a kind that is not in nnlib: its values are shown as they are.",
      kinds: {
        Add: ["Adds its inputs.", "An addition passes the gradient on to both inputs, unchanged."],
        Multiply: [
          "Multiplies its inputs.",
          "A multiplication swaps: each input gets the upstream gradient times the other input.",
        ],
        Branch: [
          "Hands the same value on to several places.",
          "A branch adds up the gradients that come back.",
        ],
        Repeat: [
          "Writes the same array into every row.",
          "Every row used the same input, so the gradients of all rows are added up.",
        ],
        Sum: [
          "Adds up the rows.",
          "Every row moved the sum one to one, so every row gets the gradient of the sum.",
        ],
        MatMul: [
          "Multiplies each row of the left matrix with each column of the right one.",
          "The gradient times the other matrix, transposed: the sum runs over what they share.",
        ],
        Affine: [
          "Multiplies by the weights and adds the bias to every row.",
          "As in a matrix product; the bias served every row: its gradient is the sum of rows.",
        ],
        Sigmoid: [
          "Squashes every entry into (0, 1).",
          "The gradient times the slope of the sigmoid, which is never above 1/4.",
        ],
        Tanh: [
          "Squashes every entry into (−1, 1).",
          "The gradient times the slope of the tangent, which is never above 1.",
        ],
        ReLU: [
          "Keeps what is positive and replaces the rest by 0.",
          "The gradient passes where the input was positive, and stops elsewhere.",
        ],
        SoftmaxWithLoss: [
          "Turns scores into probabilities y, then takes the mean surprise at the right classes.",
          "Prediction minus target, shared among the samples.",
        ],
        SigmoidWithLoss: [
          "Turns scores into probabilities y, then takes the mean surprise at the right answers.",
          "Prediction minus target, shared among the entries.",
        ],
        MeanSquaredError: [
          "Takes the mean of the squared differences.",
          "Twice the difference, shared among the entries.",
        ],
      },
    },
    ko: {
      step: "단계",
      of: "/",
      first: "처음 단계",
      back: "이전",
      next: "다음",
      last: "마지막 단계",
      start: "시작",
      forward: "순전파",
      backward: "역전파",
      graph: "그래프",
      known: "입력값을 알고 있습니다:",
      reads: "받음",
      writes: "내보냄",
      receives: "받은 기울기",
      sends: "보내는 기울기",
      fills: "채우는 기울기",
      choose: "원소 고르기(클릭 또는 화살표 키):",
      local: "국소 기울기",
      chain: "상류 기울기 × 국소 기울기",
      upstream: "상류 기울기",
      notebook: "이 노트북",
      line: "행",
      here: "여기서",
      is: "{code} = {name}",
      predict: "예측하기: 역전파 단계마다 먼저 묻기",
      predicted: "{count}개 중 {right}개 예측함",
      ask: "다음 노드({kind})가 기울기를 보냅니다. 받는 선: {wire}. 이때 {entry}의 값은 얼마입니까?",
      given: "알고 있는 값: 먼저 들어오는 기울기, 다음은 노드가 쓴 값입니다.",
      check: "확인",
      show: "답 보기",
      right: "✓ 맞았습니다. {entry} = {result}",
      revealed: "{entry} = {result}",
      wrong: "✗ 아직 아닙니다.",
      sign: "크기는 맞지만 부호가 반대입니다.",
      unchanged: "상류 기울기를 그대로 보낸 값입니다.",
      rule: "상류 기울기({upstream})에 국소 기울기를 곱하세요.",
      no_number: "소수점이나 분수로 숫자를 적으세요. 예: 0.25, -3, 1/3",
      own: "내 숫자로 해 보기",
      own_how: "숫자를 바꾸고 Enter를 누르세요. 파이썬이 모든 숫자로 그래프를 다시 계산합니다.",
      refused: "쓸 수 없는 숫자입니다. 단계에는 이전 숫자가 보입니다. {message}",
      unknown: "nnlib에 없는 종류의 노드입니다. 값을 그대로 보여 줍니다.",
      kinds: {
        Add: ["입력을 더합니다.", "덧셈은 기울기를 두 입력에 그대로 전합니다."],
        Multiply: [
          "입력을 곱합니다.",
          "곱셈은 맞바꿉니다. 각 입력은 상류 기울기에 다른 쪽 입력을 곱한 값을 받습니다.",
        ],
        Branch: ["같은 값을 여러 곳으로 보냅니다.", "분기는 돌아온 기울기를 모두 더합니다."],
        Repeat: [
          "같은 배열을 모든 행에 씁니다.",
          "모든 행이 같은 입력을 썼으므로 모든 행의 기울기를 더합니다.",
        ],
        Sum: [
          "행을 모두 더합니다.",
          "각 행은 합을 일대일로 움직이므로 모든 행이 합의 기울기를 받습니다.",
        ],
        MatMul: [
          "왼쪽 행렬의 각 행과 오른쪽 행렬의 각 열을 곱합니다.",
          "기울기에 다른 쪽 행렬을 곱합니다. 함께 쓰는 축으로 더하도록 전치합니다.",
        ],
        Affine: [
          "가중치를 곱하고 모든 행에 편향을 더합니다.",
          "입력과 가중치는 행렬 곱과 같습니다. 편향은 모든 행에 쓰였으므로 그 기울기는 행들의 합입니다.",
        ],
        Sigmoid: [
          "모든 원소를 0과 1 사이로 누릅니다.",
          "기울기에 시그모이드의 기울기를 곱합니다. 이 값은 1/4을 넘지 않습니다.",
        ],
        Tanh: [
          "모든 원소를 −1과 1 사이로 누릅니다.",
          "기울기에 하이퍼볼릭 탄젠트의 기울기를 곱합니다. 이 값은 1을 넘지 않습니다.",
        ],
        ReLU: [
          "양수는 그대로 두고 나머지는 0으로 바꿉니다.",
          "입력이 양수였던 곳은 기울기가 지나가고 나머지는 막힙니다.",
        ],
        SoftmaxWithLoss: [
          "점수를 확률 y로 바꾸고 정답에 대한 놀람의 평균을 구합니다.",
          "예측에서 정답을 빼고 표본 수로 나눕니다.",
        ],
        SigmoidWithLoss: [
          "점수를 확률 y로 바꾸고 정답에 대한 놀람의 평균을 구합니다.",
          "예측에서 정답을 빼고 원소 수로 나눕니다.",
        ],
        MeanSquaredError: ["차이의 제곱을 평균합니다.", "차이의 두 배를 원소 수로 나눕니다."],
      },
    },
  },
};

/** @typedef {ReturnType<typeof wordsFor<"explorer">>} ExplorerWords */

/**
 * Return the words of a widget, and those that all widgets share, in the language of the page.
 *
 * @template {keyof typeof WORDS} Name
 * @param {Element} el  an element of the page
 * @param {Name} name
 * @returns {typeof WORDS["shared"]["en"] & typeof WORDS[Name]["en"]}
 */
export function wordsFor(el, name) {
  return wordsOf(el, /** @type {any} */ (WORDS[name]));
}

/**
 * Return words that a widget has in a file of its own, and those that all widgets share, in the
 * language of the page.
 *
 * @template Own
 * @param {Element} el  an element of the page
 * @param {{ en: Own, ko: Own }} own
 * @returns {typeof WORDS["shared"]["en"] & Own}
 */
export function wordsOf(el, own) {
  const page = (el.closest("[lang]") ?? document.documentElement).getAttribute("lang") ?? "en";
  const language = page.startsWith("ko") ? "ko" : "en";
  return { ...WORDS.shared[language], ...own[language] };
}

/**
 * Put values into a text at the places that are named after them.
 *
 * @param {string} text
 * @param {Record<string, string | number>} values
 * @returns {string}
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    if (!(name in values)) throw new Error(`no value for {${name}} in "${text}"`);
    return String(values[name]);
  });
}

export const everyWord = WORDS; // for the test that compares the languages
