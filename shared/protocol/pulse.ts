/**
 * The pulse of a terminal's line: where it has carried nothing for so long, the coordinator sends an empty message on the
 * terminal's own topic, at QoS 1, and the terminal's MQTT client acknowledges it. It says and proves nothing but that the
 * line carries, both ways, which TCP without traffic tells nobody, and MQTT's own ping only after half a minute: a shorter
 * keepalive would cut the lines of seats whose ballots are being judged, since the broker reads on in a connection only
 * when that is done.
 */
export const PULSE_MS = 2_000;

/** A line on which nothing has come for so long carries nothing: one pulse may be late, two are not. */
export const SILENT_MS = 4_000;
