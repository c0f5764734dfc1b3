locals {
  # Where the service listens: PORT tells the service, WEBSITES_PORT tells App Service.
  port = 8080

  app_settings = merge(
    var.environment,
    {
      PORT                                = tostring(local.port)
      WEBSITES_PORT                       = tostring(local.port)
      WEBSITES_ENABLE_APP_SERVICE_STORAGE = "false"
      # How long a container may take until it answers, before the start counts as failed.
      WEBSITES_CONTAINER_START_TIME_LIMIT = "120"
      # After SIGTERM the service finishes what it has begun; it takes at most 10 s for that.
      WEBSITES_CONTAINER_STOP_TIME_LIMIT = "30"
      # A swap waits until the new version is ready, not only until it answers.
      WEBSITE_SWAP_WARMUP_PING_PATH     = "/ready"
      WEBSITE_SWAP_WARMUP_PING_STATUSES = "200"
    },
    # App Service fetches these from the vault; the settings hold the places only.
    { for name in var.secret_settings : name => "@Microsoft.KeyVault(SecretUri=${azurerm_key_vault.secrets.vault_uri}secrets/${replace(lower(name), "_", "-")})" },
  )
}

resource "azurerm_linux_web_app" "service" {
  name                            = var.name
  resource_group_name             = azurerm_resource_group.main.name
  location                        = azurerm_resource_group.main.location
  service_plan_id                 = azurerm_service_plan.main.id
  https_only                      = true
  app_settings                    = local.app_settings
  key_vault_reference_identity_id = azurerm_user_assigned_identity.app.id

  ftp_publish_basic_authentication_enabled       = false
  webdeploy_publish_basic_authentication_enabled = false

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.app.id]
  }

  site_config {
    always_on                                     = true
    http2_enabled                                 = true
    ftps_state                                    = "Disabled"
    minimum_tls_version                           = "1.2"
    health_check_path                             = "/ready"
    health_check_eviction_time_in_min             = 2
    container_registry_use_managed_identity       = true
    container_registry_managed_identity_client_id = azurerm_user_assigned_identity.app.client_id

    application_stack {
      docker_image_name   = "scorecast:${var.image_tag}"
      docker_registry_url = "https://${azurerm_container_registry.images.login_server}"
    }
  }

  lifecycle {
    # Deployments set it.
    ignore_changes = [site_config[0].application_stack[0].docker_image_name]
  }

  depends_on = [azurerm_role_assignment.pull]
}

# New versions start here, are tried, and are swapped with production; the former one then waits here to be swapped back.
resource "azurerm_linux_web_app_slot" "staging" {
  name                            = "staging"
  app_service_id                  = azurerm_linux_web_app.service.id
  https_only                      = true
  app_settings                    = local.app_settings
  key_vault_reference_identity_id = azurerm_user_assigned_identity.app.id

  ftp_publish_basic_authentication_enabled       = false
  webdeploy_publish_basic_authentication_enabled = false

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.app.id]
  }

  site_config {
    always_on                                     = true
    http2_enabled                                 = true
    ftps_state                                    = "Disabled"
    minimum_tls_version                           = "1.2"
    health_check_path                             = "/ready"
    health_check_eviction_time_in_min             = 2
    container_registry_use_managed_identity       = true
    container_registry_managed_identity_client_id = azurerm_user_assigned_identity.app.client_id

    application_stack {
      docker_image_name   = "scorecast:${var.image_tag}"
      docker_registry_url = "https://${azurerm_container_registry.images.login_server}"
    }
  }

  lifecycle {
    ignore_changes = [site_config[0].application_stack[0].docker_image_name]
  }
}
