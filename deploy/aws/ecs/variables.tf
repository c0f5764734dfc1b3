variable "name" {
  description = "The name of the service and of everything that belongs to it."
  type        = string
  default     = "scorecast"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", var.name))
    error_message = "The name must have 3 to 24 lower-case letters, digits and hyphens, and begin with a letter."
  }
}

variable "image_tag" {
  description = "The tag in the new ECR repository that the first task definition names. Later images come from deploy-ecs.mjs."
  type        = string
  default     = "latest"

  validation {
    condition     = length(trimspace(var.image_tag)) > 0
    error_message = "The tag must not be empty."
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
  description = "Subnets of the tasks. They need a way to ECR, CloudWatch Logs and Secrets Manager: a NAT gateway or VPC endpoints."
  type        = list(string)

  validation {
    condition     = length(var.private_subnet_ids) >= 1
    error_message = "The tasks need at least one subnet."
  }
}

variable "certificate_arn" {
  description = "The certificate in ACM that the load balancer shows. Plain HTTP is only ever redirected."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:acm:", var.certificate_arn))
    error_message = "Expected the ARN of a certificate in ACM."
  }
}

variable "allowed_cidrs" {
  description = "Who may reach the load balancer."
  type        = list(string)
  default     = ["0.0.0.0/0"]

  validation {
    condition     = alltrue([for cidr in var.allowed_cidrs : can(cidrhost(cidr, 0))])
    error_message = "Expected IPv4 ranges such as 203.0.113.0/24."
  }
}

variable "cpu" {
  description = "CPU units of a task; 256 is a quarter of a core."
  type        = number
  default     = 256

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096], var.cpu)
    error_message = "Fargate takes 256, 512, 1024, 2048 or 4096 CPU units here."
  }
}

variable "memory" {
  description = "Memory of a task in MiB."
  type        = number
  default     = 512

  validation {
    condition     = var.memory >= 512 && var.memory <= 30720
    error_message = "Expected 512 to 30720 MiB."
  }
}

variable "architecture" {
  description = "The processor that the image was built for."
  type        = string
  default     = "X86_64"

  validation {
    condition     = contains(["X86_64", "ARM64"], var.architecture)
    error_message = "Expected X86_64 or ARM64."
  }
}

variable "min_tasks" {
  description = "The fewest tasks; two keep the service up when an availability zone fails."
  type        = number
  default     = 2

  validation {
    condition     = var.min_tasks >= 1
    error_message = "At least one task has to run."
  }
}

variable "max_tasks" {
  description = "The most tasks that load may start."
  type        = number
  default     = 6

  validation {
    condition     = var.max_tasks >= var.min_tasks
    error_message = "There cannot be fewer tasks at most than at least."
  }
}

variable "environment" {
  description = "Settings of the service that are no secrets, by environment variable."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.environment) : startswith(name, "SCORECAST_")])
    error_message = "Only settings of the service, SCORECAST_..., go here; HOST and PORT are set by this module."
  }
}

variable "secret_settings" {
  description = "Settings that are secrets, by environment variable. A secret NAME/SETTING is made for each; its value is put in by hand."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.secret_settings : startswith(name, "SCORECAST_")])
    error_message = "Only settings of the service, SCORECAST_..., go here."
  }
}

variable "github_repository" {
  description = "The GitHub repository whose workflows may deploy, as owner/name."
  type        = string

  validation {
    condition     = can(regex("^[\\w.-]+/[\\w.-]+$", var.github_repository))
    error_message = "Expected owner/name."
  }
}

variable "github_environments" {
  description = "The environments on GitHub whose jobs may deploy; their approvals guard production."
  type        = set(string)
  default     = ["production-ecs"]

  validation {
    condition     = alltrue([for name in var.github_environments : can(regex("^[\\w-]+$", name))])
    error_message = "Expected letters, digits, hyphens and underscores."
  }
}

variable "github_provider_arn" {
  description = "The account's identity provider for GitHub, if it has one already; an account can have only one."
  type        = string
  default     = null

  validation {
    condition     = var.github_provider_arn == null || can(regex(":oidc-provider/token.actions.githubusercontent.com$", var.github_provider_arn))
    error_message = "Expected the ARN of the identity provider token.actions.githubusercontent.com."
  }
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps log lines. They hold no input values."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 180, 365], var.log_retention_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 180 or 365 days."
  }
}

variable "alert_email" {
  description = "Who is told when the service is unhealthy or the budget is nearly spent."
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
