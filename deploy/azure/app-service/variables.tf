variable "name" {
  description = "The web app's name, which is also its host name under azurewebsites.net, so it must be free there."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.name))
    error_message = "The name must have 3 to 20 lower-case letters, digits and hyphens, and begin with a letter."
  }
}

variable "location" {
  description = "Where everything runs."
  type        = string
  default     = "westeurope"

  validation {
    condition     = can(regex("^[a-z0-9]+$", var.location))
    error_message = "Expected a region as `az account list-locations` names it, such as westeurope."
  }
}

variable "image_tag" {
  description = "The tag in the new registry that the app starts with. Later images come from deploy-app-service.mjs."
  type        = string
  default     = "latest"

  validation {
    condition     = length(trimspace(var.image_tag)) > 0
    error_message = "The tag must not be empty."
  }
}

variable "plan_size" {
  description = "The App Service plan. Slots need Standard or Premium."
  type        = string
  default     = "P0v3"

  validation {
    condition     = can(regex("^(S[1-3]|P[0-5]m?v[2-4])$", var.plan_size))
    error_message = "Expected a size that has slots: S1 to S3, or P0v3 and the like."
  }
}

variable "instances" {
  description = "How many instances of the plan run."
  type        = number
  default     = 1

  validation {
    condition     = var.instances >= 1 && var.instances <= 10
    error_message = "Expected 1 to 10 instances."
  }
}

variable "environment" {
  description = "Settings of the service that are no secrets, by environment variable."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.environment) : startswith(name, "SCORECAST_")])
    error_message = "Only settings of the service, SCORECAST_..., go here; PORT is set by this module."
  }
}

variable "secret_settings" {
  description = "Settings that are secrets, by environment variable. Their values are put into the key vault by hand."
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

variable "github_environment" {
  description = "The environment on GitHub whose jobs may deploy; its approvals guard production."
  type        = string
  default     = "production-azure"

  validation {
    condition     = can(regex("^[\\w-]+$", var.github_environment))
    error_message = "Expected letters, digits, hyphens and underscores."
  }
}

variable "log_retention_days" {
  description = "How long Log Analytics keeps log lines. They hold no input values."
  type        = number
  default     = 30

  validation {
    condition     = var.log_retention_days >= 30 && var.log_retention_days <= 730
    error_message = "Log Analytics keeps logs for 30 to 730 days."
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

variable "monthly_budget" {
  description = "What a month may cost, in the currency of the subscription, before warnings are sent. Nothing is switched off."
  type        = number
  default     = 80

  validation {
    condition     = var.monthly_budget > 0
    error_message = "Expected a positive amount."
  }
}

variable "budget_start" {
  description = "The first day of the month in which the budget begins, such as 2026-12-01."
  type        = string

  validation {
    condition     = can(regex("^\\d{4}-\\d{2}-01$", var.budget_start))
    error_message = "Expected the first day of a month: 2026-12-01."
  }
}
