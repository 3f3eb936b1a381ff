// A parent bot on botbuilder as it comes from npm: brings ours what its user says, as a skill's, and says what comes back. One line in, its lines out, then "status".
const http = require("http");
const readline = require("readline");
const { AuthenticationConfiguration, AppCredentials, ServiceClientCredentialsFactory, allowedCallersClaimsValidator } = require("botframework-connector");
const { ChannelServiceRoutes, CloudAdapter, CloudSkillHandler, ConfigurationBotFrameworkAuthentication, MemoryStorage, SkillConversationIdFactory } = require("botbuilder");

const { PARENT, SKILL, LOGIN, ISSUER, PHOTO } = process.env;
const say = (word, what) => process.stdout.write(`${word} ${JSON.stringify(what)}\n`);

class Credentials extends AppCredentials {
  async refreshToken() {
    const asked = new URLSearchParams({ grant_type: "client_credentials", client_id: this.appId, client_secret: "secret of the parent", scope: `${this.oAuthScope}/.default` });
    const granted = await (await fetch(`${LOGIN}/token`, { method: "POST", body: asked })).json();
    return { accessToken: granted.access_token, expiresOn: new Date(Date.now() + granted.expires_in * 1000) };
  }
}

class Factory extends ServiceClientCredentialsFactory {
  async isValidAppId(id) { return id === PARENT; }
  async isAuthenticationDisabled() { return false; }
  async createCredentials(appId, audience) { return new Credentials(appId, undefined, audience); }
}

const authentication = new ConfigurationBotFrameworkAuthentication(
  { ToBotFromEmulatorOpenIdMetadataUrl: `${LOGIN}/metadata`, ToChannelFromBotOAuthScope: "https://api.botframework.com" },
  new Factory(),
  new AuthenticationConfiguration([], allowedCallersClaimsValidator([SKILL]), [ISSUER]));

class Parent extends CloudAdapter {
  async sendActivities(context, activities) {
    activities.forEach((activity) => say("activity", activity));
    return activities.map(() => ({ id: "1" }));
  }
}

const ids = new SkillConversationIdFactory(new MemoryStorage());
const handler = new CloudSkillHandler(new Parent(authentication), async (context) => hear("normal", context.activity), ids, authentication);
const routes = [];
const add = (method) => (path, serve) => routes.push({ method, serve, path: new RegExp(`^${path.replace(/:(\w+)/g, "(?<$1>[^/]+)")}$`) });
new ChannelServiceRoutes(handler).register({ post: add("POST"), put: add("PUT"), get: add("GET"), del: add("DELETE") }, "/api/skills");

const server = http.createServer((request, response) => {
  const path = request.url.split("?")[0];
  if (path === "/photo.png" && request.headers.authorization?.startsWith("Bearer ")) return response.end(Buffer.from(PHOTO, "base64"));
  const route = routes.find((known) => known.method === request.method && known.path.test(path));
  if (!route) return response.writeHead(404).end();
  let status = 200;
  let body = "";
  const named = Object.fromEntries(Object.entries(route.path.exec(path).groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]));
  const answer = { status: (code) => { status = code; }, send: (what) => { body = typeof what === "string" ? what : JSON.stringify(what); }, end: () => response.writeHead(status, { "Content-Type": "application/json" }).end(body) };
  route.serve(Object.assign(request, { params: named }), answer, () => {});
});

const conversations = {};
// What a skill ends is over: the library forgets it, and the next word begins another, as its dialogs do.
const hear = (mode, activity) => {
  if (activity.type === "endOfConversation") delete conversations[mode];
  say("activity", activity);
};
async function bring({ skill, mode, text, photo }) {
  const here = `http://127.0.0.1:${server.address().port}`;
  const activity = {
    type: "message", id: crypto.randomUUID(), channelId: "test", from: { id: "citizen" }, recipient: { id: "parent" }, conversation: { id: `talk-${mode}` },
    serviceUrl: "https://channel.example/", locale: "zh-CN", text, deliveryMode: mode,
    attachments: photo ? [{ contentType: "image/png", name: "现场.png", contentUrl: `${here}/photo.png` }] : undefined,
  };
  conversations[mode] ??= await ids.createSkillConversationIdWithOptions({ fromBotOAuthScope: "https://api.botframework.com", fromBotId: PARENT, activity, botFrameworkSkill: { appId: SKILL } });
  const answer = await authentication.createBotFrameworkClient().postActivity(PARENT, SKILL, `${skill}/api/messages`, `${here}/api/skills`, conversations[mode], activity);
  (answer.body?.activities ?? []).forEach((reply) => hear(mode, reply));
  say("status", answer.status);
}

server.listen(0, "127.0.0.1", () => say("port", server.address().port));
readline.createInterface({ input: process.stdin }).on("line", (line) => bring(JSON.parse(line)).catch((error) => say("error", `${error.stack}`)));
