import { coordinatorCommand } from '../../coordinator/cli/coordinator.ts';

/** `hallvote coordinator`, in a process in which an exception that nobody catches is thrown at every SIGUSR2, a promise rejected at every SIGURG. */
process.on('SIGUSR2', () => {
  throw new Error('an exception leaked');
});
process.on('SIGURG', () => {
  void Promise.reject(new Error('a promise leaked'));
});
const [node = '', program = '', , ...args] = process.argv;
await coordinatorCommand().parseAsync([node, program, ...args]);
