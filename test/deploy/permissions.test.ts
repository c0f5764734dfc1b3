import { describe, expect, it } from 'vitest';
import { blockOf, listOf, moduleFolders, readModule, recordOf, textsIn, type HclModule } from './hcl-module.js';

// Least privilege, by rules: whoever needs more names it here, with the reason.

/** Statements on all resources: AWS knows no narrower ones for these actions. */
const ON_ALL_RESOURCES = ['LogInToEcr', 'TaskDefinitions'];

/** Policies that AWS keeps itself; what Elastic Beanstalk does reaches into services that no list of ours would keep up with. */
const AWS_POLICIES = [
  'arn:aws:iam::aws:policy/AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy',
  'arn:aws:iam::aws:policy/AWSElasticBeanstalkWebTier',
  'arn:aws:iam::aws:policy/service-role/AWSElasticBeanstalkEnhancedHealth',
];

const AZURE_ROLES = ['AcrPull', 'AcrPush', 'Key Vault Secrets User', 'Website Contributor'];

const GOOGLE_ROLES = [
  'roles/artifactregistry.writer',
  'roles/iam.serviceAccountUser',
  'roles/iam.workloadIdentityUser',
  'roles/logging.logWriter',
  'roles/run.developer',
  'roles/run.invoker',
  'roles/secretmanager.secretAccessor',
];

const modules = moduleFolders.filter((folder) => !folder.endsWith('/example')).map(readModule);
const resourcesOf = (type: RegExp) =>
  modules.flatMap(({ resources }) => resources.filter((block) => type.test(block.type)));

function statementsOf({ data }: HclModule) {
  return data
    .filter(({ type }) => type === 'aws_iam_policy_document')
    .flatMap(({ name, body }) => {
      const dynamic = listOf(recordOf(recordOf(body['dynamic'])['statement'])['content']);
      return [...listOf(body['statement']), ...dynamic].map((statement) => ({ name, ...recordOf(statement) }));
    });
}
const statements = modules.flatMap(statementsOf).map((statement) => ({
  label: `${statement.name}/${String(Object(statement).sid)}`,
  sid: String(Object(statement).sid),
  actions: textsIn(Object(statement).actions),
  resources: textsIn(Object(statement).resources),
}));

describe('the permissions in AWS', () => {
  it('are named statements of named actions', () => {
    expect(statements.length).toBeGreaterThan(15);
    const vague = statements.filter(
      ({ sid, actions }) =>
        sid === 'undefined' || actions.length === 0 || actions.some((action) => action.includes('*')),
    );
    expect(vague.map(({ label }) => label)).toEqual([]);
  });

  it('are for named resources, but where AWS knows none', () => {
    const wide = statements.filter(({ resources }) => resources.includes('*'));
    expect(wide.filter(({ sid }) => !ON_ALL_RESOURCES.includes(sid)).map(({ label }) => label)).toEqual([]);
  });

  it('come from policies of AWS only for Elastic Beanstalk', () => {
    const attached = resourcesOf(/^aws_iam_role_policy_attachment$/).flatMap(({ body }) =>
      textsIn(body).flatMap((text) => text.match(/arn:aws:iam::aws:policy\/[\w/-]+/g) ?? []),
    );
    expect(attached.filter((policy) => !AWS_POLICIES.includes(policy))).toEqual([]);
    expect(resourcesOf(/^aws_iam_(user|access_key|group)/)).toEqual([]);
  });

  it('are taken by GitHub only from named environments of one repository', () => {
    const ecs = modules.find(({ folder }) => folder === 'deploy/aws/ecs');
    const trust = textsIn(blockOf(ecs?.data ?? [], 'aws_iam_policy_document', 'deployer_assume').body).join('\n');
    expect(trust).toContain('token.actions.githubusercontent.com:aud');
    expect(trust).toContain('repo:${var.github_repository}:environment:${name}');
    expect(trust).not.toContain('StringLike');
  });
});

describe('the permissions in Azure', () => {
  it('are roles for one purpose, on one resource', () => {
    const given = resourcesOf(/^azurerm_role_assignment$/);
    expect(given.length).toBeGreaterThan(3);
    expect(given.filter(({ body }) => !AZURE_ROLES.includes(String(body['role_definition_name'])))).toEqual([]);
    expect(given.filter(({ body }) => /resource_group|subscription/.test(String(body['scope'])))).toEqual([]);
  });

  it('leave no way in by password', () => {
    const [registry] = resourcesOf(/^azurerm_container_registry$/);
    expect(registry.body['admin_enabled']).toBe(false);
    for (const { body } of resourcesOf(/^azurerm_linux_web_app/)) {
      expect(body['ftp_publish_basic_authentication_enabled']).toBe(false);
      expect(body['webdeploy_publish_basic_authentication_enabled']).toBe(false);
      expect(body['https_only']).toBe(true);
    }
  });

  it('are taken by GitHub only from one environment of one repository', () => {
    const [{ body }] = resourcesOf(/^azurerm_federated_identity_credential$/);
    expect(body['subject']).toBe('repo:${var.github_repository}:environment:${var.github_environment}');
  });
});

describe('the permissions in Google Cloud', () => {
  const members = resourcesOf(/^google_.*_iam_(member|binding|policy)$/);

  it('are roles for one purpose, added one by one', () => {
    expect(members.length).toBeGreaterThan(6);
    expect(
      members.filter(({ type, body }) => !type.endsWith('_member') || !GOOGLE_ROLES.includes(String(body['role']))),
    ).toEqual([]);
  });

  it('are for the whole project only where it is about writing logs', () => {
    const wide = members.filter(({ type }) => type === 'google_project_iam_member').map(({ body }) => body['role']);
    expect(wide).toEqual(['roles/logging.logWriter']);
  });

  it('are for everybody only where that is asked for', () => {
    const open = members.filter(({ body }) => String(body['member']).startsWith('all'));
    expect(open.map(({ body }) => body['count'])).toEqual(['${var.is_public ? 1 : 0}']);
  });

  it('are taken by GitHub only from one environment of one repository', () => {
    const [provider] = resourcesOf(/^google_iam_workload_identity_pool_provider$/);
    expect(provider.body['attribute_condition']).toBe("assertion.repository == '${var.github_repository}'");
    const github = members.find(({ name, type }) => name === 'github' && type === 'google_service_account_iam_member');
    expect(github?.body['member']).toContain(
      '/subject/repo:${var.github_repository}:environment:${var.github_environment}',
    );
  });
});

describe('costs', () => {
  it('are watched in every module', () => {
    const budgets = modules.filter(({ resources }) => resources.some(({ type }) => type.includes('budget')));
    expect(budgets.map(({ folder }) => folder)).toEqual(modules.map(({ folder }) => folder));
  });
});
