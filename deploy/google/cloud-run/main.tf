resource "google_project_service" "needed" {
  for_each = toset([
    "artifactregistry.googleapis.com",
    "billingbudgets.googleapis.com",
    "cloudbuild.googleapis.com",
    "iam.googleapis.com",
    "iamcredentials.googleapis.com",
    "monitoring.googleapis.com",
    "run.googleapis.com",
    "secretmanager.googleapis.com",
    "sts.googleapis.com",
  ])

  project            = var.project
  service            = each.value
  disable_on_destroy = false
}

resource "google_artifact_registry_repository" "images" {
  project       = var.project
  location      = var.region
  repository_id = var.name
  format        = "DOCKER"
  description   = "Images of Scorecast"

  cleanup_policies {
    id     = "keep-the-newest"
    action = "KEEP"

    most_recent_versions {
      keep_count = 30
    }
  }

  cleanup_policies {
    id     = "delete-the-rest"
    action = "DELETE"

    condition {
      older_than = "30d"
    }
  }

  depends_on = [google_project_service.needed]
}

# Who the service is in Google Cloud. It may read its own secrets, and nothing else.
resource "google_service_account" "service" {
  project      = var.project
  account_id   = "${var.name}-service"
  display_name = "Scorecast, running"
}

locals {
  # Where the service listens: Cloud Run sends requests there, and tells the container by PORT.
  port = 8080

  keys_file = "keys.json"
}

resource "google_cloud_run_v2_service" "service" {
  project             = var.project
  location            = var.region
  name                = var.name
  ingress             = "INGRESS_TRAFFIC_ALL"
  deletion_protection = true

  template {
    service_account                  = google_service_account.service.email
    timeout                          = "60s"
    max_instance_request_concurrency = 80

    dynamic "volumes" {
      for_each = var.asks_for_keys ? ["api-keys"] : []

      content {
        name = volumes.value

        secret {
          secret = google_secret_manager_secret.api_keys.secret_id

          items {
            version = "latest"
            path    = local.keys_file
          }
        }
      }
    }

    scaling {
      min_instance_count = var.min_instances
      max_instance_count = var.max_instances
    }

    containers {
      name  = "scorecast"
      image = var.first_image

      ports {
        container_port = local.port
      }

      resources {
        limits            = { cpu = var.cpu, memory = var.memory }
        cpu_idle          = true
        startup_cpu_boost = true
      }

      startup_probe {
        period_seconds    = 1
        timeout_seconds   = 1
        failure_threshold = 30

        http_get {
          path = "/ready"
        }
      }

      liveness_probe {
        period_seconds    = 30
        timeout_seconds   = 5
        failure_threshold = 3

        http_get {
          path = "/health"
        }
      }

      dynamic "env" {
        for_each = var.asks_for_keys ? { SCORECAST_API_KEYS = "/secrets/${local.keys_file}" } : {}

        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "volume_mounts" {
        for_each = var.asks_for_keys ? ["api-keys"] : []

        content {
          name       = volume_mounts.value
          mount_path = "/secrets"
        }
      }

      dynamic "env" {
        for_each = var.environment

        content {
          name  = env.key
          value = env.value
        }
      }

      # Cloud Run fetches these when an instance starts; the service's definition holds the names only.
      dynamic "env" {
        for_each = var.secret_settings

        content {
          name = env.value

          value_source {
            secret_key_ref {
              secret  = google_secret_manager_secret.setting[env.value].secret_id
              version = "latest"
            }
          }
        }
      }
    }
  }

  lifecycle {
    # Deployments make revisions and shift the traffic.
    ignore_changes = [client, client_version, template[0].containers[0].image, template[0].revision, traffic]
  }

  depends_on = [google_project_service.needed, google_secret_manager_secret_iam_member.read, google_secret_manager_secret_iam_member.read_api_keys]
}

resource "google_cloud_run_v2_service_iam_member" "public" {
  count = var.is_public ? 1 : 0

  project  = var.project
  location = var.region
  name     = google_cloud_run_v2_service.service.name
  role     = "roles/run.invoker"
  member   = "allUsers"
}
