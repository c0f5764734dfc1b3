resource "aws_elastic_beanstalk_application" "app" {
  name        = var.name
  description = "Scorecast's inference service"

  appversion_lifecycle {
    service_role          = aws_iam_role.beanstalk.arn
    max_count             = 30
    delete_source_from_s3 = true
  }
}

locals {
  # What belongs to the machine. What belongs to the version (port, health checks, how it is rolled out) is in .ebextensions.
  settings = {
    "aws:elasticbeanstalk:environment" = {
      EnvironmentType  = "LoadBalanced"
      LoadBalancerType = "application"
      ServiceRole      = aws_iam_role.beanstalk.name
    }
    "aws:autoscaling:launchconfiguration" = {
      IamInstanceProfile  = aws_iam_instance_profile.instance.name
      DisableIMDSv1       = "true"
      RootVolumeType      = "gp3"
      RootVolumeEncrypted = "true"
    }
    "aws:ec2:instances" = {
      InstanceTypes = var.instance_type
    }
    "aws:autoscaling:asg" = {
      MinSize = "2"
      MaxSize = tostring(var.max_instances)
    }
    "aws:ec2:vpc" = {
      VPCId                    = var.vpc_id
      Subnets                  = join(",", var.private_subnet_ids)
      ELBSubnets               = join(",", var.public_subnet_ids)
      AssociatePublicIpAddress = "false"
    }
    "aws:elbv2:listener:default" = {
      ListenerEnabled = "false"
    }
    "aws:elbv2:listener:443" = {
      Protocol           = "HTTPS"
      SSLCertificateArns = var.certificate_arn
      SSLPolicy          = "ELBSecurityPolicy-TLS13-1-2-2021-06"
    }
    # Elastic Beanstalk fetches these when an instance starts: the environment knows names of secrets, never values.
    "aws:elasticbeanstalk:application:environmentsecrets" = var.secret_settings
  }
}

resource "aws_elastic_beanstalk_environment" "production" {
  name                = "${var.name}-production"
  application         = aws_elastic_beanstalk_application.app.name
  solution_stack_name = var.solution_stack
  tier                = "WebServer"

  dynamic "setting" {
    for_each = merge([
      for namespace, values in local.settings : {
        for name, value in values : "${namespace}/${name}" => { namespace = namespace, name = name, value = value }
      }
    ]...)

    content {
      namespace = setting.value.namespace
      name      = setting.value.name
      value     = setting.value.value
    }
  }

  lifecycle {
    # The pipeline deploys versions.
    ignore_changes = [version_label]
  }
}

resource "aws_budgets_budget" "month" {
  name         = "${var.name}-beanstalk-month"
  budget_type  = "COST"
  limit_amount = tostring(var.monthly_budget_usd)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  notification {
    notification_type          = "ACTUAL"
    comparison_operator        = "GREATER_THAN"
    threshold                  = 80
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = [var.alert_email]
  }
}
