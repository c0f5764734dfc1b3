# The smallest use: copy it, put in your own values, and add a backend for the state.
terraform {
  required_version = ">= 1.9"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 6.50"
    }
  }
}

provider "google" {
  project = "scorecast-example"
  region  = "europe-west1"
}

module "scorecast" {
  source = "../"

  project           = "scorecast-example"
  github_repository = "example/scorecast"
  billing_account   = "012345-6789AB-CDEF01"
  alert_email       = "operations@example.org"
}

output "github_variables" {
  description = "Variables of the GitHub environment."
  value = {
    CLOUD_RUN_SERVICE                 = module.scorecast.service
    GOOGLE_DEPLOYER                   = module.scorecast.deployer
    GOOGLE_WORKLOAD_IDENTITY_PROVIDER = module.scorecast.workload_identity_provider
    SERVICE_URL                       = module.scorecast.url
  }
}
