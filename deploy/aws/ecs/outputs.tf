output "repository_url" {
  description = "Where images are pushed: ECR_REPOSITORY of the GitHub environment."
  value       = aws_ecr_repository.images.repository_url
}

output "deployer_role_arn" {
  description = "The role that GitHub's jobs take: AWS_ROLE of the GitHub environment."
  value       = aws_iam_role.deployer.arn
}

output "cluster" {
  description = "ECS_CLUSTER of the GitHub environment."
  value       = aws_ecs_cluster.main.name
}

output "service" {
  description = "ECS_SERVICE of the GitHub environment."
  value       = aws_ecs_service.service.name
}

output "load_balancer" {
  description = "The host name that the service's own name must point to, as a CNAME or alias."
  value       = aws_lb.front.dns_name
}

output "secrets" {
  description = "The secrets whose values have to be put in by hand, by environment variable."
  value       = { for name, secret in aws_secretsmanager_secret.setting : name => secret.name }
}
