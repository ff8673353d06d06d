import type { ServerMessage } from "../protocol/messages";
import { SessionSocket, type Status, webSocketWire } from "../protocol/socket";
import { sessionExists } from "./api";

/** A connection to a session by its id or a link's, not yet started. */
export function connectTo(session: string, onMessage: (message: ServerMessage) => void, onStatus: (status: Status) => void): SessionSocket {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return new SessionSocket({
    connect: (events) => webSocketWire(`${scheme}://${location.host}/ws/v1/sessions/${encodeURIComponent(session)}`, events),
    onMessage,
    onStatus,
    exists: () => sessionExists(session),
    later: (run, milliseconds) => setTimeout(run, milliseconds),
  });
}
