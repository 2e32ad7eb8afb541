/* Every word of the playground, in English and in Korean. A text names its values: "{epoch}". */

import { wordsOf } from "../widget/words.js";

const EN = {
  motion: "Move through the training",
  step: "One update",
  one_epoch: "One epoch",
  rewind: "Rewind",
  speed: "speed",
  per_second: "epochs a second",
  fastest: "as fast as it can",
  epoch: "epoch",
  update: "update {update}",
  groups: { network: "Network", training: "Training", data: "Data" },
  settings: {
    learning_rate: "learning rate",
    hidden_size: "hidden neurons",
    seed: "seed",
    epochs: "epochs",
    batch_size: "batch size",
    weight_scale: "initial scale",
    noise: "noise",
    optimizer: "optimizer",
    activation: "activation",
  },
  keep: "Keep this run beside the next",
  leave: "Remove the second run",
  runs: ["this run", "kept run"],
  run: "run",
  when: "shown",
  after: "after epoch {epoch}",
  within: "epoch {epoch}, update {update}",
  loss: "loss",
  accuracy: "accuracy",
  right: "right",
  training: "training",
  held_out: "held-out",
  held_out_loss: "held-out loss",
  held_out_right: "held-out right",
  regions: "Decision regions",
  map_of: "Map of {name}",
  points: "points",
  which_points: {
    training: "training",
    held_out: "held-out (hollow)",
    both: "both",
    none: "none",
  },
  scale: "loss axis",
  scales: { linear: "linear", log: "logarithmic" },
  guess: "ln {classes} = {value}: a guess",
  loss_curves: "Loss over the epochs",
  accuracy_curves: "Accuracy over the epochs",
  network: "The network: arrow keys go from neuron to neuron",
  look:
    "Lines are weights: the thicker, the larger; dashed ones are negative. Look at a " +
    "neuron to see its numbers and its map.",
  input: "input x{number}",
  hidden: "hidden neuron {number}",
  output: "score of class {number}",
  weight_from: "from {name} {value}",
  weight_to: "to {name} {value}",
  bias: "bias {value}",
  same: "Both runs have the same settings.",
  differ: "{name} {one}, kept run {other}",
  same_start: "Both start from the same weights.",
  other_start: "They start from other weights.",
  stopped: "Stopped: {message} You see the last finite state, after epoch {epoch}.",
  whole_playground: "All settings, tasks and the map of a study: the whole playground",
  map_title: "Map: learning rate × hidden neurons",
  map_caption:
    "Right answers of {samples} after 300 epochs: the median of {seeds} seeds, and below it the " +
    "least and the most. A cell sets the playground to its values.",
  map_corner: "neurons \\ rate",
  map_cell: "learning rate {learning_rate}, {hidden_size} hidden neurons, right answers:",
  tasks_title: "{count} tasks: predict first, then see",
  task_of: "task {number} of {count}",
  previous: "Previous task",
  next: "Next task",
  see: "See what happens",
  training_now: "Training…",
  came_true: "Your prediction came true.",
  came_otherwise: "It came otherwise.",
  measured: "Measured: {prediction}.",
  numbers: "after epoch {epoch} loss {loss}, right {training}, held-out {held_out}.",
  tasks_done: "Tasks predicted: {done}. Came true: {right}.",
  tasks: {
    slow: {
      question: "Learning rate 0.01 instead of 1, for 300 epochs. Where does the loss end?",
      predictions: ["below 0.3", "between 0.3 and 0.9", "above 0.9"],
      why: "Each step is a hundredth as long, so 300 epochs are far too few.",
    },
    fast: {
      question: "Learning rate 100. What happens?",
      predictions: [
        "it learns, and the loss ends below 0.9",
        "it goes on, but the loss ends above 0.9",
        "it stops, because a number is not finite any more",
      ],
      why:
        "Such steps throw the weights far across the valley of the loss. Softmax keeps " +
        "the loss finite for a long time, so large steps rather spoil a run than stop it.",
    },
    two: {
      question: "Only 2 hidden neurons. How many of the 300 training points end up right?",
      predictions: ["fewer than 150", "150 to 269", "270 or more"],
      why: "Every hidden neuron adds one bent border. Two of them can't follow three arms.",
    },
    fifty: {
      question: "50 hidden neurons against 10. Which network gets more held-out points right?",
      predictions: ["10 by more than 5 points", "about the same, within 5", "50 by more than 5"],
      why: "Ten neurons already suffice for these arms.",
    },
    adam: {
      question: "Adam against SGD, both with learning rate 0.01. Whose loss is lower at the end?",
      predictions: ["Adam's by more than 0.1", "equal within 0.1", "SGD's by more than 0.1"],
      why:
        "Adam divides each step by the usual size of the gradient, so its steps are about" +
        " as long as the learning rate, however small the gradients are.",
    },
    zero: {
      question: "All weights start at 0. What happens in 300 epochs?",
      predictions: [
        "it learns as before: loss below 0.3",
        "it learns a little: loss between 0.3 and 1.05",
        "it learns nothing: loss above 1.05",
      ],
      why:
        "All hidden neurons are equal, get equal gradients and stay equal: ten neurons do" +
        " the work of one.",
    },
    large_start: {
      question: "Initial scale 3 instead of 0.01. Which loss is lower after 30 epochs?",
      predictions: ["that of scale 3", "equal within 0.05", "that of scale 0.01"],
      why:
        "Small weights make all hidden neurons alike at first, and the loss stays at a " +
        "guess until they have grown apart.",
    },
    full_batch: {
      question:
        "One update per epoch, with all 300 points, against ten with 30. Whose loss is lower?",
      predictions: ["that of batches of 300", "equal within 0.05", "that of batches of 30"],
      why: "300 epochs are 300 updates for the one, and 3,000 for the other.",
    },
    single: {
      question: "Batch size 1 with learning rate 1: 300 updates per epoch. Where does it end?",
      predictions: ["loss below 0.3", "loss of 0.3 or more", "it stops"],
      why: "A single point is a noisy guide, and a step of learning rate 1 follows it all the way.",
    },
    clean: {
      question: "Noise 0: the arms are clean curves. How many of 300 come out right?",
      predictions: ["fewer than 280", "280 to 297", "298"],
      why: "Three points lie at the origin, one of each class: 298 is the most that is possible.",
    },
    noisy: {
      question:
        "Noise 0.6, 50 neurons, 1,000 epochs. Right on training points less right on " +
        "held-out ones?",
      predictions: [
        "held-out is more than 10 points better",
        "within 10",
        "training is more than 10 better",
      ],
      why:
        "With that much noise the arms overlap, and what can still be learned of the " +
        "training points is their noise: overfitting.",
    },
    relu: {
      question: "ReLU instead of sigmoid, all else equal. Whose loss is lower after 300 epochs?",
      predictions: ["ReLU's by more than 0.02", "equal within 0.02", "sigmoid's by more than 0.02"],
      why:
        "A rate that suits one activation need not suit another: a ReLU passes its " +
        "gradient whole, a sigmoid at most a quarter of it.",
    },
    seed: {
      question:
        "Seed 4 instead of 0: other initial weights, another order. How far apart are " +
        "the right answers?",
      predictions: ["not at all", "1 to 10 points", "more than 10 points"],
      why: "A number from one seed is one sample. The map below shows the spread over ten.",
    },
  },
};

/** @type {typeof EN} */
const KO = {
  motion: "학습 과정 살펴보기",
  step: "갱신 한 번",
  one_epoch: "에폭 하나",
  rewind: "처음으로",
  speed: "속도",
  per_second: "에폭/초",
  fastest: "최대한 빠르게",
  epoch: "에폭",
  update: "갱신 {update}",
  groups: { network: "신경망", training: "학습", data: "데이터" },
  settings: {
    learning_rate: "학습률",
    hidden_size: "은닉 뉴런 수",
    seed: "시드",
    epochs: "에폭 수",
    batch_size: "배치 크기",
    weight_scale: "초깃값 크기",
    noise: "잡음",
    optimizer: "최적화 기법",
    activation: "활성화 함수",
  },
  keep: "이 학습을 남겨 다음 학습과 비교",
  leave: "두 번째 학습 지우기",
  runs: ["지금 학습", "남긴 학습"],
  run: "학습",
  when: "시점",
  after: "{epoch}에폭 후",
  within: "{epoch}에폭, 갱신 {update}",
  loss: "손실",
  accuracy: "정확도",
  right: "정답",
  training: "훈련",
  held_out: "검증",
  held_out_loss: "검증 손실",
  held_out_right: "검증 정답",
  regions: "결정 영역",
  map_of: "{name}의 지도",
  points: "점",
  which_points: { training: "훈련", held_out: "검증(속이 빈 점)", both: "모두", none: "없음" },
  scale: "손실 축",
  scales: { linear: "선형", log: "로그" },
  guess: "ln {classes} = {value}: 찍을 때",
  loss_curves: "에폭별 손실",
  accuracy_curves: "에폭별 정확도",
  network: "신경망: 화살표 키로 뉴런을 옮겨 갑니다",
  look: "선은 가중치입니다. 굵을수록 크고, 점선은 음수입니다. 뉴런을 가리키면 그 수와 지도가 보입니다.",
  input: "입력 x{number}",
  hidden: "은닉 뉴런 {number}",
  output: "클래스 {number}의 점수",
  weight_from: "{name}에서 {value}",
  weight_to: "{name}(으)로 {value}",
  bias: "편향 {value}",
  same: "두 학습의 설정이 같습니다.",
  differ: "{name} {one}, 남긴 학습 {other}",
  same_start: "둘 다 같은 가중치에서 출발합니다.",
  other_start: "서로 다른 가중치에서 출발합니다.",
  stopped:
    "멈추었습니다. nnlib의 메시지: {message} 지금 보이는 것은 {epoch}에폭 후의 마지막 유한한 상태입니다.",
  whole_playground: "모든 설정, 과제, 실험 지도가 있는 전체 놀이터",
  map_title: "지도: 학습률 × 은닉 뉴런 수",
  map_caption:
    "300에폭 후 {samples}개 중 정답 수: 시드 {seeds}개의 중앙값, 그 아래는 최솟값과 최댓값. " +
    "칸을 누르면 놀이터가 그 값으로 바뀝니다.",
  map_corner: "뉴런 \\ 학습률",
  map_cell: "학습률 {learning_rate}, 은닉 뉴런 {hidden_size}개, 정답 수:",
  tasks_title: "과제 {count}개: 먼저 예측하고, 그다음에 보기",
  task_of: "과제 {number}/{count}",
  previous: "이전 과제",
  next: "다음 과제",
  see: "결과 보기",
  training_now: "학습 중…",
  came_true: "예측이 맞았습니다.",
  came_otherwise: "예측과 달랐습니다.",
  measured: "측정 결과: {prediction}.",
  numbers: "{epoch}에폭 후 손실 {loss}, 정답 {training}, 검증 정답 {held_out}.",
  tasks_done: "예측한 과제 {done}개, 그중 맞은 예측 {right}개.",
  tasks: {
    slow: {
      question: "학습률을 1 대신 0.01로 300에폭. 손실은 어디에서 끝날까요?",
      predictions: ["0.3 미만", "0.3 이상 0.9 미만", "0.9 이상"],
      why: "한 걸음이 100분의 1이므로 300에폭으로는 턱없이 모자랍니다.",
    },
    fast: {
      question: "학습률 100. 무슨 일이 일어날까요?",
      predictions: [
        "학습하고, 손실이 0.9 미만으로 끝난다",
        "계속되지만 손실이 0.9 이상으로 끝난다",
        "유한하지 않은 수가 생겨 멈춘다",
      ],
      why: "이렇게 큰 걸음은 가중치를 손실의 골짜기 건너편 멀리 던집니다. 소프트맥스 덕분에 손실은 오래 유한하게 남으므로, 큰 걸음은 학습을 멈추기보다 망칩니다.",
    },
    two: {
      question: "은닉 뉴런 2개. 훈련 점 300개 중 몇 개가 정답이 될까요?",
      predictions: ["150개 미만", "150~269개", "270개 이상"],
      why: "은닉 뉴런 하나가 굽은 경계를 하나씩 더합니다. 두 개로는 팔 세 개를 따라갈 수 없습니다.",
    },
    fifty: {
      question: "은닉 뉴런 50개와 10개. 어느 쪽이 검증 점을 더 많이 맞힐까요?",
      predictions: ["10개 쪽이 5개 넘게 더", "5개 이내로 비슷", "50개 쪽이 5개 넘게 더"],
      why: "이 나선에는 뉴런 10개로 이미 충분합니다.",
    },
    adam: {
      question: "학습률 0.01의 Adam과 SGD. 마지막 손실은 어느 쪽이 낮을까요?",
      predictions: ["Adam이 0.1 넘게 낮다", "0.1 이내로 같다", "SGD가 0.1 넘게 낮다"],
      why: "Adam은 걸음을 기울기의 평소 크기로 나누므로, 기울기가 아무리 작아도 걸음이 학습률만 합니다.",
    },
    zero: {
      question: "모든 가중치가 0에서 출발합니다. 300에폭 동안 무슨 일이 일어날까요?",
      predictions: [
        "전처럼 학습한다: 손실 0.3 미만",
        "조금 학습한다: 손실 0.3 이상 1.05 미만",
        "아무것도 학습하지 못한다: 손실 1.05 이상",
      ],
      why: "은닉 뉴런이 모두 같고, 같은 기울기를 받아 계속 같습니다. 뉴런 열 개가 하나의 몫만 합니다.",
    },
    large_start: {
      question: "초깃값 크기를 0.01 대신 3으로. 30에폭 후 손실은 어느 쪽이 낮을까요?",
      predictions: ["크기 3 쪽", "0.05 이내로 같다", "크기 0.01 쪽"],
      why: "가중치가 작으면 처음에는 은닉 뉴런이 다 비슷해서, 서로 달라질 때까지 손실이 찍을 때의 값에 머뭅니다.",
    },
    full_batch: {
      question: "에폭마다 300개 전부로 갱신 한 번, 또는 30개씩 열 번. 손실은 어느 쪽이 낮을까요?",
      predictions: ["배치 300 쪽", "0.05 이내로 같다", "배치 30 쪽"],
      why: "300에폭이 한쪽에는 갱신 300번, 다른 쪽에는 3,000번입니다.",
    },
    single: {
      question: "배치 크기 1, 학습률 1: 에폭마다 갱신 300번. 어떻게 끝날까요?",
      predictions: ["손실 0.3 미만", "손실 0.3 이상", "멈춘다"],
      why: "점 하나는 흔들리는 길잡이인데, 학습률 1의 걸음은 그것을 끝까지 따라갑니다.",
    },
    clean: {
      question: "잡음 0: 팔이 깨끗한 곡선입니다. 300개 중 몇 개가 정답이 될까요?",
      predictions: ["280개 미만", "280~297개", "298개"],
      why: "원점에 클래스마다 하나씩 점 세 개가 겹쳐 있어서 298개가 최대입니다.",
    },
    noisy: {
      question: "잡음 0.6, 뉴런 50개, 1,000에폭. 훈련 정답 수에서 검증 정답 수를 빼면?",
      predictions: ["검증이 10개 넘게 많다", "10개 이내", "훈련이 10개 넘게 많다"],
      why: "잡음이 이만큼이면 팔이 겹치고, 훈련 점에서 더 배울 수 있는 것은 잡음뿐입니다. 이것이 과적합입니다.",
    },
    relu: {
      question: "시그모이드 대신 ReLU, 나머지는 같습니다. 300에폭 후 손실은 어느 쪽이 낮을까요?",
      predictions: ["ReLU가 0.02 넘게 낮다", "0.02 이내로 같다", "시그모이드가 0.02 넘게 낮다"],
      why: "한 활성화 함수에 맞는 학습률이 다른 함수에도 맞지는 않습니다. ReLU는 기울기를 그대로, 시그모이드는 많아야 4분의 1만 통과시킵니다.",
    },
    seed: {
      question: "시드를 0 대신 4로: 초기 가중치와 순서가 다릅니다. 정답 수는 얼마나 다를까요?",
      predictions: ["똑같다", "1~10개", "10개 넘게"],
      why: "시드 하나에서 나온 수는 표본 하나입니다. 아래 지도는 시드 열 개의 퍼짐을 보여 줍니다.",
    },
  },
};

/** @param {Element} el  an element of the page */
export function wordsOfPlayground(el) {
  return wordsOf(el, { en: EN, ko: KO });
}

export const everyWordOfPlayground = { en: EN, ko: KO }; // for the test that compares them
