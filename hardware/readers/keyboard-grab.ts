/** `EVIOCGRAB` of linux/input.h: `_IOW('E', 0x90, int)`. */
const EVIOCGRAB = 0x40044590;

/**
 * Keeps what a keyboard-type reader types from every other program, the screen's browser first of all. False where
 * koffi is not installed or the kernel refuses; the reader works all the same.
 */
export async function grab(fd: number): Promise<boolean> {
  try {
    const { default: koffi } = await import('koffi');
    const ioctl = koffi.load('libc.so.6').func('int ioctl(int, unsigned long, int)');
    return ioctl(fd, EVIOCGRAB, 1) === 0;
  } catch {
    return false;
  }
}
