// The shapes of the pipelines' files, as far as this project uses them, after the pages named with each.

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const commands = {
  type: 'object',
  additionalProperties: false,
  required: ['commands'],
  properties: { commands: { ...texts, minItems: 1 }, 'runtime-versions': { type: 'object' }, finally: texts },
};

/** https://cloud.google.com/build/docs/build-config-file-schema */
export const cloudBuildShape = {
  type: 'object',
  additionalProperties: false,
  required: ['steps', 'timeout'],
  properties: {
    steps: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'name'],
        // A script brings its own interpreter; everything else is arguments of the image's program.
        oneOf: [{ required: ['args'] }, { required: ['script'] }],
        properties: { id: text, name: text, args: texts, entrypoint: text, script: { type: 'string', pattern: '^#!' } },
      },
    },
    substitutions: { type: 'object', propertyNames: { pattern: '^_[A-Z0-9_]+$' }, additionalProperties: text },
    options: {
      type: 'object',
      additionalProperties: false,
      properties: {
        dynamicSubstitutions: { type: 'boolean' },
        logging: { enum: ['CLOUD_LOGGING_ONLY', 'GCS_ONLY', 'LEGACY', 'NONE'] },
        machineType: { enum: ['E2_MEDIUM', 'E2_HIGHCPU_8', 'E2_HIGHCPU_32'] },
      },
    },
    timeout: { type: 'string', pattern: '^\\d+s$' },
  },
};

/** https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html */
export const buildSpecShape = {
  type: 'object',
  additionalProperties: false,
  required: ['version', 'phases', 'artifacts'],
  properties: {
    version: { const: 0.2 },
    env: { type: 'object', additionalProperties: false, properties: { shell: { enum: ['bash', '/bin/sh'] } } },
    phases: {
      type: 'object',
      additionalProperties: false,
      properties: { install: commands, pre_build: commands, build: commands, post_build: commands },
    },
    artifacts: {
      type: 'object',
      additionalProperties: false,
      required: ['files'],
      properties: { files: texts, 'base-directory': text },
    },
    cache: { type: 'object', additionalProperties: false, properties: { paths: texts } },
  },
};

/** https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/single-container-docker-configuration.html */
export const dockerrunShape = {
  type: 'object',
  additionalProperties: false,
  required: ['AWSEBDockerrunVersion', 'Image', 'Ports'],
  properties: {
    AWSEBDockerrunVersion: { const: '1' },
    Image: {
      type: 'object',
      additionalProperties: false,
      required: ['Name'],
      properties: { Name: text, Update: { enum: ['true', 'false'] } },
    },
    Ports: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['ContainerPort'],
        properties: { ContainerPort: { type: 'integer' }, HostPort: { type: 'integer' } },
      },
    },
    Logging: text,
  },
};

const settings = (...names: readonly string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(names.map((name) => [name, text])),
});

/** https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html */
export const extensionShape = {
  type: 'object',
  additionalProperties: false,
  required: ['option_settings'],
  properties: {
    option_settings: {
      type: 'object',
      additionalProperties: false,
      properties: {
        'aws:elasticbeanstalk:application:environment': {
          type: 'object',
          propertyNames: { pattern: '^(HOST|PORT|SCORECAST_[A-Z_]+)$' },
          additionalProperties: text,
        },
        'aws:elasticbeanstalk:application': settings('Application Healthcheck URL'),
        'aws:elasticbeanstalk:command': {
          ...settings('Timeout'),
          properties: {
            DeploymentPolicy: { enum: ['Immutable', 'RollingWithAdditionalBatch', 'TrafficSplitting'] },
            Timeout: text,
          },
        },
        'aws:elasticbeanstalk:environment:process:default': settings(
          ...['HealthCheckPath', 'MatcherHTTPCode', 'HealthCheckInterval', 'HealthyThresholdCount'],
          ...['UnhealthyThresholdCount', 'DeregistrationDelay', 'Port', 'Protocol'],
        ),
        'aws:elasticbeanstalk:healthreporting:system': settings('SystemType'),
        'aws:elasticbeanstalk:cloudwatch:logs': settings('StreamLogs', 'DeleteOnTerminate', 'RetentionInDays'),
      },
    },
  },
};
