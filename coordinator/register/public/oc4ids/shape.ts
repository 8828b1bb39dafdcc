/**
 * What of OC4IDS 0.9.5 is filled in (https://standard.open-contracting.org/infrastructure/0.9.5/). Of contracts, suppliers and
 * what was bought a register of livelihood projects knows nothing: `contractingProcesses` is left out.
 */
export interface Package {
  readonly uri: string;
  readonly publishedDate: string;
  readonly version: '0.9';
  readonly publisher: {
    readonly name: string;
    readonly scheme: string;
    readonly uid: string;
    readonly uri: string;
  };
  readonly license?: string;
  readonly publicationPolicy: string;
  readonly projects: readonly Project[];
}

/** Yuan and fen as a decimal number: what JSON writes of it has at most two places. */
export interface Value {
  readonly amount: number;
  readonly currency: 'CNY';
}

export interface Period {
  readonly startDate?: string;
  readonly endDate?: string;
}

export interface Reference {
  readonly id: string;
  readonly name: string;
}

export interface Party extends Reference {
  readonly roles: readonly string[];
}

export interface BudgetLine {
  readonly id: string;
  readonly description: string;
  readonly amount: Value;
  readonly period?: Period;
  readonly sourceParty?: Reference;
}

export interface Breakdown {
  readonly id: string;
  readonly description: string;
  readonly budgetBreakdown: readonly BudgetLine[];
}

export interface Location {
  readonly id: string;
  readonly description: string;
  readonly address: { readonly streetAddress?: string; readonly region: string };
}

/** A figure of a project, planned or reported; `dimensions` says of which part. */
export interface Observation {
  readonly id: string;
  readonly period: Period;
  readonly measure?: number;
  readonly value?: Value;
  readonly unit?: { readonly name: string };
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly notes?: string;
}

export interface Metric {
  readonly id: 'physicalProgress' | 'financialProgress';
  readonly title: string;
  readonly observations: readonly Observation[];
}

export interface Milestone {
  readonly id: string;
  readonly title: string;
  readonly type: 'approval' | 'delivery' | 'assessment';
  readonly code?: 'projectApproval' | 'completion';
  readonly description?: string;
  readonly dueDate?: string;
  readonly dateMet?: string;
  readonly dateModified?: string;
  readonly status: 'scheduled' | 'met' | 'notMet' | 'partiallyMet';
}

export interface Document {
  readonly id: string;
  readonly documentType?: string;
  readonly title: string;
  /** Of a file that never changes its SHA-256 stands here: the standard has no field for it. */
  readonly description?: string;
  readonly url?: string;
  readonly datePublished?: string;
  readonly format?: string;
  readonly language: string;
  readonly author: string;
}

export interface RelatedProject {
  readonly id: string;
  readonly scheme: string;
  readonly identifier: string;
  readonly relationship: string;
}

/** Phases of a project of which a register knows; it is never told that something is pulled down again. */
export type Status =
  | 'identification'
  | 'preparation'
  | 'implementation'
  | 'completion'
  | 'maintenance'
  | 'cancelled';

export interface Project {
  readonly id: string;
  readonly updated: string;
  readonly language: string;
  readonly identifiers: readonly { readonly id: string; readonly scheme: string }[];
  readonly title: string;
  readonly description: string;
  readonly status: Status;
  readonly period?: Period;
  readonly identificationPeriod: Period;
  readonly implementationPeriod?: Period;
  readonly sector?: readonly string[];
  readonly additionalClassifications: readonly {
    readonly scheme: string;
    readonly id: string;
    readonly description: string;
  }[];
  readonly publicAuthority: Reference;
  readonly parties: readonly Party[];
  readonly locations?: readonly Location[];
  readonly budget: {
    readonly amount: Value;
    readonly approvalDate: string;
    readonly budgetBreakdowns?: readonly Breakdown[];
  };
  readonly benefits?: readonly {
    readonly description: string;
    readonly beneficiaries: readonly { readonly description: string }[];
  }[];
  readonly forecasts?: readonly Metric[];
  readonly metrics?: readonly Metric[];
  readonly completion?: {
    readonly endDate: string;
    readonly endDateDetails: string;
    readonly finalScope: string;
  };
  /** The project of another register of which this is a share: its money is counted there. */
  readonly relatedProjects?: readonly RelatedProject[];
  readonly milestones: readonly Milestone[];
  readonly documents: readonly Document[];
}
