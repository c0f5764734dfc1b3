import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root, textOf } from '../source-files.js';

/** A step of a job, as far as these tests look at it. */
interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** A job of a workflow. */
export interface Job {
  readonly uses?: string;
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly with?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string | { readonly name: string };
  readonly steps?: readonly Step[];
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly 'timeout-minutes'?: number;
}

/** What a reusable workflow takes. */
interface Interface {
  readonly inputs?: Readonly<Record<string, { readonly required?: boolean }>>;
  readonly secrets?: Readonly<Record<string, unknown>>;
}

/** A file of .github/workflows. */
export interface Workflow {
  readonly on: { readonly push?: unknown; readonly workflow_call?: Interface };
  readonly permissions: unknown;
  readonly concurrency: { readonly group: string; readonly 'cancel-in-progress': unknown };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Where the workflows are. */
export const WORKFLOWS = '.github/workflows';

/** Every workflow: name, text and content. */
export const workflowFiles = readdirSync(join(root, WORKFLOWS))
  .sort()
  .map((name) => ({ name, text: textOf(join(WORKFLOWS, name)), workflow: workflowOf(textOf(join(WORKFLOWS, name))) }));

/** The workflow of a file. */
export function workflowNamed(name: string): Workflow {
  const found = workflowFiles.find((file) => file.name === name);
  if (found === undefined) throw new Error(`there is no workflow ${name}`);
  return found.workflow;
}

/** A job of a workflow. */
export function jobNamed(name: string, id: string): Job {
  return workflowNamed(name).jobs[id] ?? {};
}

/** Every job, with the label `file/job`. */
export const workflowJobs = workflowFiles.flatMap(({ name, workflow }) =>
  Object.entries(workflow.jobs).map(([id, job]) => ({ name, job, label: `${name}/${id}` })),
);

/** Every step, with the label of its job. */
export const workflowSteps = workflowJobs.flatMap(({ job, label }) =>
  (job.steps ?? []).map((step) => ({ label, step })),
);

function workflowOf(text: string): Workflow {
  return parse(text);
}
