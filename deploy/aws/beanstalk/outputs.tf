output "environment_url" {
  description = "The environment's own address; the service's name points to it as a CNAME."
  value       = aws_elastic_beanstalk_environment.production.cname
}

output "connection_arn" {
  description = "The connection to GitHub that has to be confirmed once in the console."
  value       = aws_codeconnections_connection.source.arn
}

output "repository_url" {
  description = "Where the pipeline pushes images."
  value       = aws_ecr_repository.images.repository_url
}
