// What can be tapped, by where a call stands.

const OFFERED = {
  idle: ["dial", "ring"],
  ringing: ["answered", "no_answer", "busy", "voicemail", "hold", "refused"],
  talking: ["hold", "transfer", "tell", "cut_off", "end"],
  holding: ["back", "answered", "transfer", "cut_off", "end"],
  transferring: ["answered", "back", "hold", "cut_off", "end"],
  over: ["dial", "ring"],
};

// They call us: it is not for them that a line is busy.
export const offered = (call) => (call.phase === "ringing" && call.direction === "in" ? ["answered", "no_answer"] : OFFERED[call.phase]);
