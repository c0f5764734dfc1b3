locals {
  # Who takes each role.
  trusted = {
    beanstalk = "elasticbeanstalk.amazonaws.com"
    instance  = "ec2.amazonaws.com"
    build     = "codebuild.amazonaws.com"
    pipeline  = "codepipeline.amazonaws.com"
  }
}

data "aws_iam_policy_document" "assume" {
  for_each = local.trusted

  statement {
    sid     = "OneService"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = [each.value]
    }
  }
}

# Elastic Beanstalk itself. It manages instances, load balancers and health in ways that only AWS's own policies keep up with.
resource "aws_iam_role" "beanstalk" {
  name               = "${var.name}-beanstalk"
  assume_role_policy = data.aws_iam_policy_document.assume["beanstalk"].json
}

resource "aws_iam_role_policy_attachment" "beanstalk" {
  for_each = toset([
    "arn:aws:iam::aws:policy/service-role/AWSElasticBeanstalkEnhancedHealth",
    "arn:aws:iam::aws:policy/AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy",
  ])

  role       = aws_iam_role.beanstalk.name
  policy_arn = each.value
}

# The instances: pull the image, fetch secrets, write logs.
resource "aws_iam_role" "instance" {
  name               = "${var.name}-instance"
  assume_role_policy = data.aws_iam_policy_document.assume["instance"].json
}

resource "aws_iam_instance_profile" "instance" {
  name = "${var.name}-instance"
  role = aws_iam_role.instance.name
}

resource "aws_iam_role_policy_attachment" "instance" {
  role       = aws_iam_role.instance.name
  policy_arn = "arn:aws:iam::aws:policy/AWSElasticBeanstalkWebTier"
}

data "aws_iam_policy_document" "instance" {
  statement {
    sid       = "LogInToEcr"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid       = "PullTheImage"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = [aws_ecr_repository.images.arn]
  }

  dynamic "statement" {
    for_each = length(var.secret_settings) > 0 ? [1] : []

    content {
      sid       = "FetchSecrets"
      actions   = ["secretsmanager:GetSecretValue", "ssm:GetParameter"]
      resources = values(var.secret_settings)
    }
  }
}

resource "aws_iam_role_policy" "instance" {
  name   = "run"
  role   = aws_iam_role.instance.id
  policy = data.aws_iam_policy_document.instance.json
}

# CodeBuild: read the source, push the image, write logs.
resource "aws_iam_role" "build" {
  name               = "${var.name}-build"
  assume_role_policy = data.aws_iam_policy_document.assume["build"].json
}

data "aws_iam_policy_document" "build" {
  statement {
    sid       = "LogInToEcr"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid = "PushTheImage"
    actions = [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:CompleteLayerUpload",
      "ecr:GetDownloadUrlForLayer",
      "ecr:InitiateLayerUpload",
      "ecr:PutImage",
      "ecr:UploadLayerPart",
    ]
    resources = [aws_ecr_repository.images.arn]
  }

  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.build.arn}:log-stream:*"]
  }

  statement {
    sid       = "PassArtifacts"
    actions   = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]
    resources = ["${aws_s3_bucket.artifacts.arn}/*"]
  }
}

resource "aws_iam_role_policy" "build" {
  name   = "build"
  role   = aws_iam_role.build.id
  policy = data.aws_iam_policy_document.build.json
}

# CodePipeline: start builds, pass artifacts, deploy.
resource "aws_iam_role" "pipeline" {
  name               = "${var.name}-pipeline"
  assume_role_policy = data.aws_iam_policy_document.assume["pipeline"].json
}

# What CodePipeline does in an environment reaches into EC2, load balancing, auto scaling and CloudFormation: AWS's own policy
# for deployments by others to Elastic Beanstalk names all of it.
resource "aws_iam_role_policy_attachment" "pipeline" {
  role       = aws_iam_role.pipeline.name
  policy_arn = "arn:aws:iam::aws:policy/AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy"
}

data "aws_iam_policy_document" "pipeline" {
  statement {
    sid       = "ReadTheSource"
    actions   = ["codeconnections:UseConnection", "codestar-connections:UseConnection"]
    resources = [aws_codeconnections_connection.source.arn]
  }

  statement {
    sid       = "StartBuilds"
    actions   = ["codebuild:BatchGetBuilds", "codebuild:StartBuild"]
    resources = [aws_codebuild_project.build.arn]
  }

  statement {
    sid       = "PassArtifacts"
    actions   = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]
    resources = ["${aws_s3_bucket.artifacts.arn}/*"]
  }

  statement {
    sid       = "FindTheBucket"
    actions   = ["s3:GetBucketLocation", "s3:GetBucketVersioning", "s3:ListBucket"]
    resources = [aws_s3_bucket.artifacts.arn]
  }

  statement {
    sid       = "AskForApproval"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.approvals.arn]
  }

  statement {
    sid = "DeployVersions"
    actions = [
      "elasticbeanstalk:CreateApplicationVersion",
      "elasticbeanstalk:DescribeApplicationVersions",
      "elasticbeanstalk:DescribeEnvironments",
      "elasticbeanstalk:DescribeEvents",
      "elasticbeanstalk:UpdateEnvironment",
    ]
    resources = [
      aws_elastic_beanstalk_application.app.arn,
      "arn:aws:elasticbeanstalk:${data.aws_region.here.region}:${data.aws_caller_identity.me.account_id}:applicationversion/${var.name}/*",
      aws_elastic_beanstalk_environment.production.arn,
    ]
  }
}

resource "aws_iam_role_policy" "pipeline" {
  name   = "deploy"
  role   = aws_iam_role.pipeline.id
  policy = data.aws_iam_policy_document.pipeline.json
}
