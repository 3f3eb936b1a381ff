// Microsoft's Web Chat, unchanged, over the conversation this browser has (decision 0031). When its connection is lost for good it is
// drawn again with a fresh token and all that was said. Where it does not run, the page's own words stay, with the way to the plain page.
const box = document.getElementById("webchat");
const Ended = [3, 4, 5]; // token expired, cannot connect, closed
const Longest = 60000;

const styleOptions = {
  accent: "#123f7a",
  primaryFont: "inherit",
  bubbleMaxWidth: 640,
  bubbleFromUserBackground: "#eaf0f8",
  subtle: "#4a515c",
  timestampColor: "#4a515c",
  sendBoxPlaceholderColor: "#4a515c",
  sendBoxTextWrap: true,
  sendAttachmentOn: "attach",
  sendBoxHeight: 56,
  suggestedActionLayout: "stacked",
  suggestedActionsStackedLayoutButtonTextWrap: true,
  suggestedActionsStackedHeight: 320,
  suggestedActionBorderColor: "#123f7a",
  suggestedActionTextColor: "#123f7a",
};

let line = null;
let wait = 1000;

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

async function tokenOf() {
  const answer = await fetch("/v3/directline/tokens/generate", { method: "POST", body: "{}" });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).token;
}

// Number and receipt go off the screen once they are saved: drawn again, they are not given again.
function watching(again) {
  let shown = false;
  return () => (next) => (action) => {
    const activity = action.type === "DIRECT_LINE/INCOMING_ACTIVITY" ? action.payload.activity : null;
    if (activity?.name === "receipt") shown = true;
    if (activity?.channelData?.hidesReceipt && shown) setTimeout(again);
    return next(action);
  };
}

async function draw() {
  const last = line;
  line = null;
  last?.end();
  const token = await tokenOf();
  const directLine = WebChat.createDirectLine({ token, domain: `${location.origin}/v3/directline` });
  line = directLine;
  const again = () => {
    if (line === directLine) void keepDrawn();
  };
  directLine.connectionStatus$.subscribe((status) => {
    if (status === 2) wait = 1000;
    if (Ended.includes(status)) setTimeout(again, wait);
  });
  // Over a socket the client says only to who listens that its conversation is gone.
  directLine.activity$ = directLine.activity$.do({ error: () => setTimeout(again, wait) });
  const store = WebChat.createStore({}, watching(again));
  WebChat.renderWebChat({ directLine, store, locale: box.dataset.locale, nonce: box.dataset.nonce, styleOptions }, box);
}

async function keepDrawn() {
  try {
    await draw();
  } catch {
    wait = Math.min(Longest, wait * 2);
    await pause(wait);
    await keepDrawn();
  }
}

if (globalThis.WebChat) void keepDrawn();
