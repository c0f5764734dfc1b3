output "registry" {
  description = "ACR_NAME of the GitHub environment."
  value       = azurerm_container_registry.images.name
}

output "resource_group" {
  description = "AZURE_RESOURCE_GROUP of the GitHub environment."
  value       = azurerm_resource_group.main.name
}

output "web_app" {
  description = "AZURE_WEB_APP of the GitHub environment."
  value       = azurerm_linux_web_app.service.name
}

output "staging_slot" {
  description = "The slot that new versions start in."
  value       = azurerm_linux_web_app_slot.staging.name
}

output "url" {
  description = "SERVICE_URL of the GitHub environment."
  value       = "https://${azurerm_linux_web_app.service.default_hostname}"
}

output "key_vault" {
  description = "The vault that the values of secret settings have to be put into by hand."
  value       = azurerm_key_vault.secrets.name
}

output "deployer_client_id" {
  description = "AZURE_CLIENT_ID of the GitHub environment."
  value       = azurerm_user_assigned_identity.deployer.client_id
}

output "tenant_id" {
  description = "AZURE_TENANT_ID of the GitHub environment."
  value       = data.azurerm_client_config.me.tenant_id
}
