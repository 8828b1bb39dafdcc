import { css, html, type TemplateResult } from 'lit';
import type { AttendanceDocument } from '../../contract/documents.ts';
import type { HallWords } from './hall-words.ts';

/** Seats in so many columns that they fill a field about three times as wide as high. */
export function seatColumns(seats: number): number {
  return Math.max(10, Math.ceil(Math.sqrt(seats * 3)));
}

/** A picture of the seats that fills as deputies arrive: one drawing, however many there are. */
function seatPlan(seats: string): TemplateResult {
  const columns = seatColumns(seats.length);
  const rows = Math.ceil(seats.length / columns);
  const path = (wanted: string) =>
    [...seats]
      .map((seat, i) => (seat === wanted ? `M${i % columns} ${Math.floor(i / columns)}h.72v.72h-.72z` : ''))
      .join('');
  return html`<svg class="seats" viewBox="-0.2 -0.2 ${columns + 0.2} ${rows + 0.2}" aria-hidden="true">
    <path class="empty" d=${path('0')}></path>
    <path class="taken" d=${path('1')}></path>
  </svg>`;
}

/** Who has come: expected, present, quorum, delegations, and the hall filling up. */
export function attendanceView(attendance: AttendanceDocument, words: HallWords): TemplateResult {
  const { roll, present, quorumMet, delegations, seats } = attendance;
  return html`<section class="attendance">
    <div class="heading">
      <h1>${words.attendance}</h1>
      <p class=${quorumMet ? 'met' : 'unmet'} role="status">${quorumMet ? '✓' : '…'} ${quorumMet ? words.quorumMet : words.quorumMissing}</p>
    </div>
    <div class="figures">
      <p><span>${words.present}</span><b>${present}</b></p>
      <p class="of"><span>${words.roll}</span><b>${roll}</b></p>
    </div>
    ${seatPlan(seats)}
    <ul class="delegations" data-fit>
      ${delegations.map(({ name, present, roll }) => html`<li><span>${name}</span><b>${present}/${roll}</b></li>`)}
    </ul>
  </section>`;
}

export const attendanceStyles = css`
  .attendance {
    display: grid;
    grid-template-rows: auto auto 1fr auto;
    gap: 1.6vh;
    height: 100%;
    min-height: 0;
  }
  .heading,
  .figures {
    display: flex;
    justify-content: center;
    align-items: baseline;
    gap: 2vw;
    white-space: nowrap;
  }
  .heading h1,
  .heading p {
    margin: 0;
    font-size: calc(var(--u) * 5);
  }
  .figures {
    gap: 6vw;
  }
  .figures p {
    margin: 0;
    display: flex;
    align-items: baseline;
    gap: 0.3em;
    font-size: calc(var(--u) * 6);
  }
  .figures b {
    font-size: calc(var(--u) * 20);
    line-height: 0.95;
    font-variant-numeric: tabular-nums;
    color: var(--red);
  }
  .figures .of b {
    color: var(--ink);
  }
  .heading .met {
    color: var(--for);
    font-weight: 700;
  }
  .heading .unmet {
    color: var(--ink-soft);
  }
  .seats {
    width: 100%;
    height: 100%;
    min-height: 16vh;
  }
  .seats .taken {
    fill: var(--red);
  }
  .seats .empty {
    fill: none;
    stroke: var(--line-strong);
    stroke-width: 0.08;
  }
  .delegations {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.3em 2em;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: calc(var(--u) * 3.2 * var(--fit, 1));
  }
  .delegations b {
    margin-left: 0.5em;
    font-variant-numeric: tabular-nums;
  }
`;
