/* The I2C bus as its only master, 100 kHz. No call waits longer than TWI_LIMIT_MS, whatever hangs. */
#ifndef TWI_H
#define TWI_H
#include <stdint.h>

#define TWI_LIMIT_MS 60

enum twi_result { TWI_OK, TWI_NO_ANSWER, TWI_REFUSED, TWI_HUNG };

void twi_start(void);
enum twi_result twi_write(uint8_t address, const uint8_t *bytes, uint8_t length);
enum twi_result twi_read(uint8_t address, uint8_t *bytes, uint8_t length);

#endif
