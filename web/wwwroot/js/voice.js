// A voice note: recorded, listened to, and put among the chosen files. The voice is changed on its way into the recording, so that
// what is kept, heard and sent was never anything else. Without this script, or without a microphone to ask for, it does not show.
const box = document.getElementById("voice");
const input = document.querySelector('input[type="file"][name="Files"]');
const Longest = 10 * 60;
const Grain = 0.1;
const Kinds = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];

const part = (name) => document.getElementById(`voice-${name}`);
const say = (words) => { part("said").textContent = words; };

// Deeper or higher, each time by another measure.
function ratio() {
  const [side, far] = crypto.getRandomValues(new Uint16Array(2));
  return side % 2 === 0 ? 0.76 + (0.1 * far) / 65535 : 1.2 + (0.12 * far) / 65535;
}

// Two delays that grow or shrink in turn, each faded in and out: what comes out is heard at another pitch and in the same time.
function changed(context, source) {
  const by = ratio();
  const output = context.createGain();
  const length = Math.round(Grain * context.sampleRate);
  const swing = (shape) => {
    const buffer = context.createBuffer(1, length, context.sampleRate);
    buffer.getChannelData(0).forEach((_, at, values) => { values[at] = shape(at / length); });
    const node = Object.assign(context.createBufferSource(), { buffer, loop: true });
    node.start();
    return node;
  };
  for (const phase of [0, 0.5]) {
    const turn = (at) => (at + phase) % 1;
    const delay = context.createDelay(1);
    const fade = context.createGain();
    fade.gain.value = 0;
    swing((at) => Math.abs(by - 1) * Grain * (by > 1 ? 1 - turn(at) : turn(at))).connect(delay.delayTime);
    swing((at) => Math.sin(Math.PI * turn(at)) ** 2).connect(fade.gain);
    source.connect(delay).connect(fade).connect(output);
  }
  return output;
}

let recording = null;
let note = null;
let count = 0;

function show() {
  part("note").hidden = note === null;
  part("record").hidden = note !== null;
  part("change").disabled = recording !== null || note !== null;
  part("record").lastChild.textContent = recording === null ? box.dataset.record : box.dataset.stop;
}

function clock(seconds) {
  part("time").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

async function start() {
  let microphone;
  try {
    microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    say(box.dataset.denied);
    return;
  }
  const context = new AudioContext();
  const target = Object.assign(context.createMediaStreamDestination(), { channelCount: 1 });
  const source = context.createMediaStreamSource(microphone);
  (part("change").checked ? changed(context, source) : source).connect(target);
  const mimeType = Kinds.find((kind) => MediaRecorder.isTypeSupported(kind));
  const recorder = new MediaRecorder(target.stream, { mimeType, audioBitsPerSecond: 32000 });
  const pieces = [];
  let seconds = 0;
  const timer = setInterval(() => {
    clock(++seconds);
    if (seconds >= Longest) recorder.stop();
  }, 1000);
  recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
  recorder.addEventListener("stop", () => {
    clearInterval(timer);
    microphone.getTracks().forEach((track) => track.stop());
    void context.close();
    recording = null;
    note = new Blob(pieces, { type: recorder.mimeType });
    part("heard").src = URL.createObjectURL(note);
    show();
    say(box.dataset.recorded);
    part("attach").focus();
  });
  recording = recorder;
  clock(0);
  recorder.start();
  show();
  say(box.dataset.recording);
}

function forget(words) {
  URL.revokeObjectURL(part("heard").src);
  part("heard").removeAttribute("src");
  note = null;
  part("time").textContent = "";
  show();
  say(words);
  part("record").focus();
}

function attach() {
  const ending = /mp4/.test(note.type) ? "m4a" : /ogg/.test(note.type) ? "ogg" : "webm";
  const file = new File([note], `${box.dataset.name}-${++count}.${ending}`, { type: note.type });
  input.dispatchEvent(new CustomEvent("recorded", { detail: file })); // files.js puts it there
  forget(box.dataset.attached);
}

if (box && input && navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder && globalThis.AudioContext) {
  box.hidden = false;
  part("record").addEventListener("click", () => (recording === null ? void start() : recording.stop()));
  part("attach").addEventListener("click", attach);
  part("delete").addEventListener("click", () => forget(box.dataset.deleted));
  show();
}
