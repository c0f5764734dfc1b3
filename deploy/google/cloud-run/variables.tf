variable "project" {
  description = "The project's id."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "Expected a project's id: 6 to 30 lower-case letters, digits and hyphens."
  }
}

variable "region" {
  description = "Where everything runs."
  type        = string
  default     = "europe-west1"

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+\\d+$", var.region))
    error_message = "Expected a region such as europe-west1."
  }
}

variable "name" {
  description = "The name of the service and of everything that belongs to it."
  type        = string
  default     = "scorecast"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.name))
    error_message = "The name must have 3 to 20 lower-case letters, digits and hyphens, and begin with a letter."
  }
}

variable "first_image" {
  description = "What the service starts with before the first deployment, when the new registry is still empty."
  type        = string
  default     = "us-docker.pkg.dev/cloudrun/container/hello"

  validation {
    condition     = length(trimspace(var.first_image)) > 0
    error_message = "The image must not be empty."
  }
}

variable "is_public" {
  description = "Whether anyone may ask the service; otherwise only callers with the role run.invoker."
  type        = bool
  default     = false
}

variable "cpu" {
  description = "Cores of an instance."
  type        = string
  default     = "1"

  validation {
    condition     = contains(["1", "2", "4"], var.cpu)
    error_message = "Expected 1, 2 or 4 cores."
  }
}

variable "memory" {
  description = "Memory of an instance."
  type        = string
  default     = "512Mi"

  validation {
    condition     = can(regex("^\\d+(Mi|Gi)$", var.memory))
    error_message = "Expected an amount such as 512Mi."
  }
}

variable "min_instances" {
  description = "The fewest instances. 0 costs nothing while nobody asks; the first request then waits for a start."
  type        = number
  default     = 0

  validation {
    condition     = var.min_instances >= 0
    error_message = "Expected 0 or more."
  }
}

variable "max_instances" {
  description = "The most instances that load may start; this also bounds the cost."
  type        = number
  default     = 4

  validation {
    condition     = var.max_instances >= 1
    error_message = "Expected 1 or more."
  }
}

variable "environment" {
  description = "Settings of the service that are no secrets, by environment variable."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.environment) : startswith(name, "SCORECAST_")])
    error_message = "Only settings of the service, SCORECAST_..., go here; Cloud Run sets PORT."
  }
}

variable "secret_settings" {
  description = "Settings that are secrets, by environment variable. A secret is made for each; its value is put in by hand, before the service uses it."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.secret_settings : startswith(name, "SCORECAST_")])
    error_message = "Only settings of the service, SCORECAST_..., go here."
  }
}

variable "asks_for_keys" {
  description = "Whether callers need API keys. A secret NAME-api-keys is made for the file of keys, which is put in by hand before this is switched on."
  type        = bool
  default     = false
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
  default     = "production-google"

  validation {
    condition     = can(regex("^[\\w-]+$", var.github_environment))
    error_message = "Expected letters, digits, hyphens and underscores."
  }
}

variable "billing_account" {
  description = "The billing account that the budget watches, such as 012345-6789AB-CDEF01."
  type        = string

  validation {
    condition     = can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.billing_account))
    error_message = "Expected three groups of six hexadecimal digits."
  }
}

variable "alert_email" {
  description = "Who is told when the budget is nearly spent."
  type        = string

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+$", var.alert_email))
    error_message = "Expected an e-mail address."
  }
}

variable "monthly_budget" {
  description = "What a month may cost, in whole units of the billing account's currency, before warnings are sent. Nothing is switched off."
  type        = number
  default     = 20

  validation {
    condition     = var.monthly_budget > 0 && floor(var.monthly_budget) == var.monthly_budget
    error_message = "Expected a positive whole amount."
  }
}
