import type { List } from '../../../shared/projects/list.ts';
import type { Language, Text } from '../../../shared/protocol/ids.ts';
import type { Notice } from '../notices/notice.ts';

/** What every document has: who issues it, in which language it is written, and of which day it is. */
interface Issued {
  readonly language: Language;
  /** 发文机关: the body whose name stands above and beneath. */
  readonly issuer: string;
  /** 成文日期, as in `2026-11-29`; the file is dated so too, whenever it is made. */
  readonly date: string;
}

/** 征集建议回执: what a proposer takes home. */
export interface ReceiptPaper extends Issued {
  readonly kind: 'receipt';
  readonly code: string;
  readonly cycle: number;
  readonly title: string;
  /** What was asked for; long ones are shortened. */
  readonly text: string;
  readonly channel: 'online' | 'letter' | 'telephone' | 'station' | 'meeting';
  readonly received: string;
  readonly attachments: number;
  /** Where the code is followed; what the QR code leads to. */
  readonly address: string;
}

/** What became of a proposal, in names instead of ids. */
export type Answered =
  | {
      readonly is: 'merged';
      readonly into: string;
      readonly title: string | null;
      readonly became: Answered | null;
    }
  | { readonly is: 'excluded'; readonly ground: string; readonly reason: string }
  | { readonly is: 'not-adopted'; readonly reason: string }
  | { readonly is: 'adopted'; readonly project: string; readonly vote: ProjectVote | null };

/** How the project fared that a proposal became. */
export interface ProjectVote {
  readonly isChosen: boolean;
  /** Null where the votes of a project are not known by number. */
  readonly count: { readonly votes: number; readonly roll: number } | null;
  /** The list that was voted on, by its hash. */
  readonly list: string;
  /** A hall's bundle by the hash of its manifest, or the signed sheet of a vote on paper by its own. */
  readonly proof: { readonly how: 'bundle' | 'paper'; readonly hash: string };
}

/** 答复函: the answer to a proposer. */
export interface AnswerPaper extends Issued {
  readonly kind: 'answer';
  /** 发文字号, such as 清人办函〔2026〕12号; null where it has none. */
  readonly number: string | null;
  readonly congress: string;
  /** The proposer's name, as it stands above the letter; null where nobody gave one. */
  readonly to: string | null;
  readonly code: string;
  readonly cycle: number;
  /** Null where the wording was never made public. */
  readonly title: string | null;
  readonly received: string;
  readonly answer: Answered;
  /** Where the code is followed, and where is told how to verify. */
  readonly address: string;
}

/** A frozen list with the hash that it was frozen by. */
interface OfList extends Issued {
  readonly list: List;
  readonly hash: string;
}

/** 候选项目册: the list, and a sheet for every candidate. */
export interface BookletPaper extends OfList {
  readonly kind: 'booklet';
  readonly number: string | null;
}

/** 项目单: one candidate alone. */
export interface SheetPaper extends OfList {
  readonly kind: 'sheet';
  readonly project: string;
}

/** 表决票: the ballot of a vote on paper. */
export interface SlipPaper extends OfList {
  readonly kind: 'slip';
  /** The meeting, such as 清河镇第三届人民代表大会第二次会议. */
  readonly meeting: string;
  /** The first vote, or one that follows it: then on `candidates` only. */
  readonly turn: 'first' | 'runoff' | 'open-places';
  /** Ids of the projects that may be chosen now, in the ballot's order. */
  readonly candidates: readonly string[];
  readonly places: number;
}

/** 四个一 and letters: a monthly notice, a bulletin, a report, as it is published. */
export interface NoticePaper extends Issued {
  readonly kind: 'notice';
  readonly notice: Notice;
  /** SHA-256 of its text, which has the same figures and words. */
  readonly hash: string;
}

/** Where a part is built or done, in names instead of ids. */
export interface Site {
  readonly title: string;
  readonly area: Text;
  readonly place: string;
  readonly body: Text;
  readonly target: { readonly thousandths: number; readonly unit: string };
  readonly finish: string;
  /** Its money, all years and sources together. */
  readonly fen: number;
  /** The page of this part; what its QR code leads to. */
  readonly address: string;
}

/** 公示牌: what hangs where a part is carried out, a page for each. Chinese, and English beneath, whatever its language. */
export interface PosterPaper extends Issued {
  readonly kind: 'poster';
  readonly size: 'a4' | 'a3';
  readonly congress: Text;
  readonly cycle: number;
  readonly project: Text;
  readonly vote: ProjectVote | null;
  readonly sites: readonly Site[];
}

export type Paper =
  | ReceiptPaper
  | AnswerPaper
  | BookletPaper
  | SheetPaper
  | SlipPaper
  | PosterPaper
  | NoticePaper;
