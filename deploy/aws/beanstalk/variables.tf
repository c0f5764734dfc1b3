variable "name" {
  description = "The name of the application and of everything that belongs to it."
  type        = string
  default     = "scorecast"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", var.name))
    error_message = "The name must have 3 to 24 lower-case letters, digits and hyphens, and begin with a letter."
  }
}

variable "solution_stack" {
  description = "The platform; `aws elasticbeanstalk list-available-solution-stacks` prints the present names."
  type        = string

  validation {
    condition     = can(regex("Amazon Linux 2023.*running Docker$", var.solution_stack))
    error_message = "Expected a platform \"64bit Amazon Linux 2023 v... running Docker\"."
  }
}

variable "vpc_id" {
  description = "The VPC that everything runs in."
  type        = string

  validation {
    condition     = startswith(var.vpc_id, "vpc-")
    error_message = "The VPC's id begins with vpc-."
  }
}

variable "public_subnet_ids" {
  description = "Subnets of the load balancer, in at least two availability zones."
  type        = list(string)

  validation {
    condition     = length(var.public_subnet_ids) >= 2
    error_message = "An application load balancer needs subnets in two availability zones."
  }
}

variable "private_subnet_ids" {
  description = "Subnets of the instances. They need a way to ECR and to Elastic Beanstalk: a NAT gateway or VPC endpoints."
  type        = list(string)

  validation {
    condition     = length(var.private_subnet_ids) >= 1
    error_message = "The instances need at least one subnet."
  }
}

variable "certificate_arn" {
  description = "The certificate in ACM that the load balancer shows."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:acm:", var.certificate_arn))
    error_message = "Expected the ARN of a certificate in ACM."
  }
}

variable "instance_type" {
  description = "The instances' type."
  type        = string
  default     = "t3.small"

  validation {
    condition     = can(regex("^[a-z0-9-]+\\.[a-z0-9]+$", var.instance_type))
    error_message = "Expected a type such as t3.small."
  }
}

variable "max_instances" {
  description = "The most instances that load may start."
  type        = number
  default     = 4

  validation {
    condition     = var.max_instances >= 2
    error_message = "Two instances run at least, so that one may fail."
  }
}

variable "secret_settings" {
  description = "Settings that are secrets: the ARN in Secrets Manager or Parameter Store by environment variable."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name, arn in var.secret_settings : startswith(name, "SCORECAST_") && startswith(arn, "arn:")])
    error_message = "Expected SCORECAST_... settings with the ARNs of their secrets, never values."
  }
}

variable "repository" {
  description = "The repository with the source, as owner/name."
  type        = string

  validation {
    condition     = can(regex("^[\\w.-]+/[\\w.-]+$", var.repository))
    error_message = "Expected owner/name."
  }
}

variable "branch" {
  description = "The branch whose commits are deployed."
  type        = string
  default     = "main"

  validation {
    condition     = length(var.branch) > 0
    error_message = "The branch must not be empty."
  }
}

variable "alert_email" {
  description = "Who approves deployments and is told when the budget is nearly spent."
  type        = string

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+$", var.alert_email))
    error_message = "Expected an e-mail address."
  }
}

variable "monthly_budget_usd" {
  description = "What a month may cost, in US dollars, before warnings are sent. Nothing is switched off."
  type        = number
  default     = 60

  validation {
    condition     = var.monthly_budget_usd > 0
    error_message = "Expected a positive amount."
  }
}
