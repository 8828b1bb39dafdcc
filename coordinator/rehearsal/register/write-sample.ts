import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { nodeSigner } from '../../../shared/protocol/ed25519-node.ts';
import type { LedgerRow } from '../../../shared/protocol/ledger-hash.ts';
import { Ledger } from '../../chronicle/ledger.ts';
import type { RegisterConfig } from '../../config/register-file.ts';
import { programKey } from '../../process/program-key.ts';
import { orRefuse } from '../../refused-start.ts';
import { AttachmentStore } from '../../register/attachments/attachment-store.ts';
import { SideStore } from '../../register/beside/side-store.ts';
import { REGISTER_LEDGER } from '../../register/model/book.ts';
import { dayIn } from '../../register/model/days.ts';
import { BundleShelf } from '../../register/program/bundle-shelf.ts';
import { RegisterActs } from '../../register/program/register-acts.ts';
import { begunBy, RegisterChronicle } from '../../register/program/register-chronicle.ts';
import { Submissions } from '../../register/program/submissions.ts';
import { WaitingActs } from '../../register/program/waiting-acts.ts';
import { SampleOffice } from './sample-office.ts';
import { type SampleOptions, sampleBegins, sampleTasks } from './sample-years.ts';

/**
 * Fills an empty data folder with a register in the middle of collecting: past years, decided and carried out; one that is
 * under way; the next year's proposals in all their states, and its candidates handed in. Everything by the register's own acts
 * and rules, and written at the end: nobody waits for a receipt of what is invented.
 */
export function writeSampleRegister(config: RegisterConfig, options: SampleOptions): void {
  const { data } = config;
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const key = orRefuse(programKey(data, 'register.key', randomBytes));
  const ledger = Ledger.open(join(data, `${config.register.id}.ledger`), REGISTER_LEDGER, {});
  const beside = SideStore.open(join(data, 'beside.db'));
  try {
    const start = sampleBegins;
    let time = start;
    const rows: LedgerRow[] = [];
    const kept = { rows: () => rows, append: (more: readonly LedgerRow[]) => rows.push(...more) };
    const machine = { boot: 'sample', mono: () => time - start, wall: () => start };
    const chronicle = new RegisterChronicle(kept, nodeSigner(key), machine, (what, error) => {
      throw new Error(what, { cause: error });
    });
    const attachments = new AttachmentStore(join(data, 'attachments'));
    const acts = new RegisterActs({
      chronicle,
      waiting: new WaitingActs(randomBytes),
      dayOf: dayIn(config.timezone),
    });
    const parts = { chronicle, acts, beside, attachments, random: randomBytes };
    chronicle.start(begunBy(config, key.x), options.version);
    acts.configure(config);
    const office = new SampleOffice({
      ...{
        ...parts,
        config,
        pictures: options.pictures,
        paper: options.paper,
        version: options.version,
      },
      shelf: new BundleShelf(join(data, 'bundles')),
      submissions: new Submissions(parts),
    });
    beside.together(() => {
      for (const task of sampleTasks(office, options)) {
        time = Math.max(time, task.at);
        task.do();
      }
    });
    ledger.append(rows);
  } finally {
    beside.close();
    ledger.close();
  }
}
