output "service" {
  description = "CLOUD_RUN_SERVICE of the GitHub environment."
  value       = google_cloud_run_v2_service.service.name
}

output "url" {
  description = "SERVICE_URL of the GitHub environment."
  value       = google_cloud_run_v2_service.service.uri
}

output "repository" {
  description = "Where images are pushed."
  value       = "${var.region}-docker.pkg.dev/${var.project}/${google_artifact_registry_repository.images.repository_id}"
}

output "workload_identity_provider" {
  description = "GOOGLE_WORKLOAD_IDENTITY_PROVIDER of the GitHub environment."
  value       = google_iam_workload_identity_pool_provider.github.name
}

output "deployer" {
  description = "GOOGLE_DEPLOYER of the GitHub environment, and the account that Cloud Build runs as."
  value       = google_service_account.deployer.email
}

output "secrets" {
  description = "The secrets whose values have to be put in by hand, by environment variable."
  value       = { for name, secret in google_secret_manager_secret.setting : name => secret.secret_id }
}
