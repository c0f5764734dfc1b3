# Only the places are made here. A value put in by OpenTofu would stand in its state file; the guide says how to put it in by hand.
resource "aws_secretsmanager_secret" "setting" {
  for_each = var.secret_settings

  name        = "${var.name}/${each.value}"
  description = "${each.value} of ${var.name}"
}
