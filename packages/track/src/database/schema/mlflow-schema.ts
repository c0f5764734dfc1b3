import { type Dialect } from '../database.js';
import { evaluationSchema } from './evaluation-schema.js';
import { modelsSchema } from './models-schema.js';
import { recordsSchema } from './records-schema.js';
import { runsSchema } from './runs-schema.js';
import { sqlWords } from './sql-words.js';
import { tracesSchema } from './traces-schema.js';

/** The revision of MLflow's schema that this program writes: that of MLflow 3.6.0. */
export const MLFLOW_REVISION = 'bf29a5ff90ea';

/** All tables of MLflow at that revision, and the stamp that says so. */
export function mlflowSchema(dialect: Dialect): readonly string[] {
  const words = sqlWords(dialect);
  const text = [runsSchema(words), recordsSchema(words), modelsSchema, tracesSchema, evaluationSchema, stamp].join('');
  return text
    .split(/;\n/u)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

const stamp = `
CREATE TABLE alembic_version (
  version_num VARCHAR(32) NOT NULL,
  CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version (version_num) VALUES ('${MLFLOW_REVISION}');
`;
