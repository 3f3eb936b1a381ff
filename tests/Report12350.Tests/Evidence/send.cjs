// Sends one file with tus-js-client as it comes from npm, and says what passes between it and the site.
const fs = require("node:fs");
const tus = require("tus-js-client");

const [endpoint, cookie, path, chunk] = process.argv.slice(2);
const say = (...words) => process.stdout.write(`${words.join(" ")}\n`);
const offset = (value) => value ?? "-";

new tus.Upload(fs.createReadStream(path), {
  endpoint,
  uploadSize: fs.statSync(path).size,
  chunkSize: Number(chunk),
  headers: { Cookie: cookie },
  metadata: { filename: "现场.mp4", filetype: "video/mp4" },
  retryDelays: Array(2000).fill(200),
  onBeforeRequest: (request) => say("request", request.getMethod(), offset(request.getHeader("Upload-Offset"))),
  onAfterResponse: (request, response) => say("response", request.getMethod(), response.getStatus(), offset(response.getHeader("Upload-Offset"))),
  onProgress: (sent) => say("progress", sent),
  onSuccess: () => say("done"),
  onError: (error) => {
    say("error", error.message.replaceAll("\n", " "));
    process.exit(1);
  },
}).start();
