// The stream of events, taken up again whenever it breaks off.

const RETRY_MILLIS = 2000;
const SILENCE_MILLIS = 5000; // figures come each second

/**
 * Listens from now on. The handlers are called with what an event says; onState with "live",
 * "waiting" or "lost".
 */
export function listen(handlers, onState) {
  let source = null;
  let watched = "";
  let retry = 0;
  let silence = 0;

  function alive() {
    clearTimeout(silence);
    silence = setTimeout(() => again("lost"), SILENCE_MILLIS);
  }

  function open() {
    clearTimeout(retry);
    source = new EventSource(watched ? "/events?inspect=" + encodeURIComponent(watched) : "/events");
    source.onerror = () => again("lost");
    for (const [name, handler] of Object.entries(handlers)) {
      source.addEventListener(name, (event) => {
        alive();
        if (name === "stats") {
          onState("live");
        }
        handler(event.data);
      });
    }
    alive();
  }

  // Not left to the browser: it gives up where the service says that too many are looking.
  function again(state) {
    source.close();
    clearTimeout(silence);
    clearTimeout(retry);
    onState(state);
    retry = setTimeout(open, RETRY_MILLIS);
  }

  open();
  return {
    watch(listener) {
      watched = listener;
      source.close();
      open();
    },
  };
}
