# Only the places are made here. A value put in by OpenTofu would stand in its state file; the guide says how to put it in by hand.
resource "google_secret_manager_secret" "setting" {
  for_each = var.secret_settings

  project   = var.project
  secret_id = "${var.name}-${each.value}"

  replication {
    auto {}
  }

  depends_on = [google_project_service.needed]
}

resource "google_secret_manager_secret_iam_member" "read" {
  for_each = var.secret_settings

  project   = var.project
  secret_id = google_secret_manager_secret.setting[each.value].secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.service.member
}

# The file of API keys (hashes of them). The service gets it as a file, and reads it again when a new version is there.
resource "google_secret_manager_secret" "api_keys" {
  project   = var.project
  secret_id = "${var.name}-api-keys"

  replication {
    auto {}
  }

  depends_on = [google_project_service.needed]
}

resource "google_secret_manager_secret_iam_member" "read_api_keys" {
  project   = var.project
  secret_id = google_secret_manager_secret.api_keys.secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.service.member
}
