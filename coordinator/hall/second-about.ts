import type { Act } from '../contract/acts.ts';
import type { About } from '../contract/waiting.ts';
import { roundsOf, type Sitting } from '../sitting/state.ts';
import type { RollNews } from './files-entered.ts';

/** Names to recognise a change of the roll by. */
const MOST_NAMES = 6;

/** What an act that needs a second person is about, as it is told to whoever confirms it; null where there is no such thing. */
export function aboutAct(state: Sitting, act: Act, news: RollNews | null): About | null {
  switch (act.act) {
    case 'void': {
      const round = state.rounds.get(act.round);
      return round ? { act: 'void', title: round.motion.title, round: round.id, reason: act.reason } : null;
    }
    case 'by-hand': {
      const motion = state.motions.find(({ id }) => id === act.motion);
      return motion
        ? { act: 'by-hand', motion, present: state.presence.size, roll: state.deputies.size }
        : null;
    }
    case 'issue-card':
      return { act: 'issue-card', name: nameOf(state, act.deputy) ?? act.deputy, card: act.card };
    case 'mark-card': {
      const { card, status } = act;
      const holder = state.cards.get(card)?.deputy;
      return { act: 'mark-card', name: holder === undefined ? null : nameOf(state, holder), card, status };
    }
    case 'reload':
      return (
        news && {
          act: 'change-roll',
          roll: news.roll,
          added: some(news.added),
          removed: some(news.removed),
          changed: some(news.changed),
        }
      );
    default:
      return null;
  }
}

const nameOf = ({ deputies }: Sitting, id: string): string | null => deputies.get(id)?.name ?? null;

const some = (names: readonly string[]) => ({ count: names.length, names: names.slice(0, MOST_NAMES) });

/** What an act stands on: where that is another by the time it is confirmed, it is not the act that was proposed. */
export function groundOf(state: Sitting, act: Act): string {
  switch (act.act) {
    case 'void':
      return state.rounds.get(act.round)?.phase ?? '';
    case 'by-hand': {
      const motion = state.motions.find(({ id }) => id === act.motion);
      return JSON.stringify([motion, roundsOf(state, act.motion).length]);
    }
    case 'issue-card':
      return JSON.stringify([nameOf(state, act.deputy), state.cards.get(act.card) ?? null]);
    case 'mark-card': {
      const card = state.cards.get(act.card);
      return JSON.stringify([card ?? null, card && nameOf(state, card.deputy)]);
    }
    default:
      return '';
  }
}
