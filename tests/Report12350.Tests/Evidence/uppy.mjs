// Sends two files with Uppy as it comes from npm: one is paused on its way and goes on, the other is taken out of Uppy on its way.
// Says what passes between it and the site. What a browser has and an older node lacks is put beside it.
import { File } from "node:buffer";
import { readFileSync } from "node:fs";
import Uppy from "@uppy/core";
import Tus from "@uppy/tus";

globalThis.File ??= File;
const [endpoint, cookie, path] = process.argv.slice(2);
const say = (...words) => process.stdout.write(`${words.join(" ")}\n`);
const data = readFileSync(path);

const uppy = new Uppy().use(Tus, {
  endpoint,
  headers: { Cookie: cookie },
  chunkSize: 64 * 1024,
  onAfterResponse: (request, response) => say(request.getMethod(), response.getStatus(), response.getHeader("Upload-Offset") ?? "-"),
});
uppy.on("error", (error) => say("error", error.message.replaceAll("\n", " ")));

// Calls once, when so much of the file is there.
function when(id, share, call) {
  const far = (file, { bytesUploaded, bytesTotal }) => {
    if (file.id !== id || bytesUploaded < share * bytesTotal) return;
    uppy.off("upload-progress", far);
    call();
  };
  uppy.on("upload-progress", far);
}

const kept = uppy.addFile({ name: "现场.mp4", type: "video/mp4", data });
when(kept, 0.5, () => {
  say("paused", uppy.pauseResume(kept));
  setTimeout(() => say("paused", uppy.pauseResume(kept)), 200);
});
const { successful } = await uppy.upload();
say("done", successful.length);

const dropped = uppy.addFile({ name: "不传了.mp4", type: "video/mp4", data });
when(dropped, 0.5, () => uppy.removeFile(dropped));
await uppy.upload();
