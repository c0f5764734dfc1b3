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
}

module "scorecast" {
  source = "../"

  # aws elasticbeanstalk list-available-solution-stacks prints the present name.
  solution_stack     = "64bit Amazon Linux 2023 v4.7.2 running Docker"
  vpc_id             = "vpc-0123456789abcdef0"
  public_subnet_ids  = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  private_subnet_ids = ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"]
  certificate_arn    = "arn:aws:acm:eu-central-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
  repository         = "example/scorecast"
  alert_email        = "operations@example.org"
}

output "connection_arn" {
  description = "Confirm this connection in the console before the first run."
  value       = module.scorecast.connection_arn
}
