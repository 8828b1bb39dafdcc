/* The part of the Firmata protocol 2.6 that a panel needs; github.com/firmata/protocol. */
#ifndef FIRMATA_H
#define FIRMATA_H
#include <stdbool.h>
#include <stdint.h>

/* Says which firmware this is and why it started. */
void firmata_announce(const char *cause);
/* Takes one byte from the host. */
void firmata_take(uint8_t byte);
/* Bytes from the host were lost: what was being taken is dropped, and the host is told. */
void firmata_resync(void);
/* Reports inputs that have changed. */
void firmata_report(void);
/* Whether the host sends heartbeats, so that its silence means something. */
bool firmata_has_heartbeat(void);

#endif
