# GitHub's jobs prove who they are with a token of their own; no password of Azure is stored anywhere.
resource "azurerm_user_assigned_identity" "deployer" {
  name                = "${var.name}-deployer"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
}

resource "azurerm_federated_identity_credential" "github" {
  name                = "github"
  resource_group_name = azurerm_resource_group.main.name
  parent_id           = azurerm_user_assigned_identity.deployer.id
  issuer              = "https://token.actions.githubusercontent.com"
  audience            = ["api://AzureADTokenExchange"]
  subject             = "repo:${var.github_repository}:environment:${var.github_environment}"
}

resource "azurerm_role_assignment" "push" {
  scope                = azurerm_container_registry.images.id
  role_definition_name = "AcrPush"
  principal_id         = azurerm_user_assigned_identity.deployer.principal_id
}

resource "azurerm_role_assignment" "deploy" {
  scope                = azurerm_linux_web_app.service.id
  role_definition_name = "Website Contributor"
  principal_id         = azurerm_user_assigned_identity.deployer.principal_id
}
