// One stream for all the pages of a browser: the page that holds a lock listens to the exporter and tells the others.
// Where the browser has no locks (pages over plain HTTP from elsewhere) every page listens for itself.

const NAME = `amplifier-voice-stream ${location.pathname}`;

// `onLead()` is called when this page shall listen, `onDeposed()` when another took its place by force, `onTold(message)`
// with what the leader tells, and `answer()` gives what a leader says to a page that has just come.
export function joinPages({ onLead, onDeposed, onTold, answer }) {
  if (!navigator.locks) {
    return { isLeader: () => true, tell() {}, ask: onLead, resign() {} };
  }
  const channel = new BroadcastChannel(NAME);
  let isLeader = false;
  let isCandidate = false;
  let isAnswered = true;
  let release;

  channel.onmessage = ({ data }) => {
    if (!data.asks) {
      isAnswered = true;
      onTold(data);
    } else if (isLeader) {
      channel.postMessage(answer());
    }
  };

  async function stand(options) {
    isCandidate = true;
    try {
      await navigator.locks.request(NAME, options, () => {
        isLeader = true;
        onLead();
        return new Promise(resolve => { release = resolve; });
      });
    } catch {
      if (isLeader) onDeposed();
    }
    isLeader = isCandidate = false;
  }

  return {
    isLeader: () => isLeader,
    tell: message => channel.postMessage(message),
    // Asks the leader what there is, or takes its place: where there is none, or it did not answer the last time.
    ask() {
      if (isLeader) return onLead();
      const steal = !isAnswered;
      isAnswered = false;
      channel.postMessage({ asks: true });
      if (steal || !isCandidate) stand({ steal });
    },
    resign() {
      if (isLeader) release();
    },
  };
}
