# The smallest use: copy it, put in your own ids, and add a backend for the state.
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.25"
    }
  }
}

provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = { project = "scorecast" }
  }
}

module "scorecast" {
  source = "../"

  vpc_id             = "vpc-0123456789abcdef0"
  public_subnet_ids  = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  private_subnet_ids = ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"]
  certificate_arn    = "arn:aws:acm:eu-central-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
  github_repository  = "example/scorecast"
  alert_email        = "operations@example.org"
}

output "github_variables" {
  description = "Variables of the GitHub environment."
  value = {
    AWS_ROLE       = module.scorecast.deployer_role_arn
    ECR_REPOSITORY = module.scorecast.repository_url
    ECS_CLUSTER    = module.scorecast.cluster
    ECS_SERVICE    = module.scorecast.service
  }
}
