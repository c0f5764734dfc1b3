# The smallest use: copy it, put in your own values, and add a backend for the state.
terraform {
  required_version = ">= 1.9"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.55"
    }
  }
}

provider "azurerm" {
  features {}

  subscription_id = "00000000-0000-0000-0000-000000000000"
}

module "scorecast" {
  source = "../"

  name              = "scorecast-example"
  github_repository = "example/scorecast"
  alert_email       = "operations@example.org"
  budget_start      = "2026-12-01"
}

output "github_variables" {
  description = "Variables of the GitHub environment."
  value = {
    ACR_NAME             = module.scorecast.registry
    AZURE_CLIENT_ID      = module.scorecast.deployer_client_id
    AZURE_RESOURCE_GROUP = module.scorecast.resource_group
    AZURE_TENANT_ID      = module.scorecast.tenant_id
    AZURE_WEB_APP        = module.scorecast.web_app
    SERVICE_URL          = module.scorecast.url
  }
}
