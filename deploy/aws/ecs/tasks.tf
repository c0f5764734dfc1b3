data "aws_region" "here" {}

data "aws_caller_identity" "me" {}

data "aws_vpc" "here" {
  id = var.vpc_id
}

locals {
  # Where the service listens: the container is told, and the load balancer asks there.
  port = 8080

  container = {
    name      = "scorecast"
    image     = "${aws_ecr_repository.images.repository_url}:${var.image_tag}"
    essential = true
    # Nothing is written into the container.
    readonlyRootFilesystem = true
    portMappings           = [{ containerPort = local.port, protocol = "tcp" }]
    environment = concat(
      [
        { name = "HOST", value = "0.0.0.0" },
        { name = "PORT", value = tostring(local.port) },
        # The load balancer, which alone can reach the tasks, says who asks and whether by HTTPS.
        { name = "SCORECAST_TRUST_PROXY", value = data.aws_vpc.here.cidr_block },
      ],
      [for name, value in var.environment : { name = name, value = value }],
    )
    # Values never stand in a task definition: ECS fetches them when a task starts.
    secrets = [for name, secret in aws_secretsmanager_secret.setting : { name = name, valueFrom = secret.arn }]
    healthCheck = {
      command     = ["CMD", "node", "/app/healthcheck.mjs"]
      interval    = 10
      timeout     = 5
      retries     = 3
      startPeriod = 15
    }
    # After SIGTERM the service finishes what it has begun; it takes at most 10 s for that.
    stopTimeout = 30
    linuxParameters = {
      initProcessEnabled = true
      capabilities       = { drop = ["ALL"] }
    }
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.service.name
        awslogs-region        = data.aws_region.here.region
        awslogs-stream-prefix = "task"
      }
    }
  }
}

resource "aws_security_group" "tasks" {
  name        = "${var.name}-tasks"
  description = "Scorecast: the service's tasks"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "from_load_balancer" {
  security_group_id            = aws_security_group.tasks.id
  description                  = "From the load balancer"
  referenced_security_group_id = aws_security_group.load_balancer.id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

resource "aws_vpc_security_group_egress_rule" "tasks_https" {
  security_group_id = aws_security_group.tasks.id
  description       = "To ECR, CloudWatch Logs and Secrets Manager"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_ecs_cluster" "main" {
  name = var.name

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_task_definition" "service" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  container_definitions    = jsonencode([local.container])

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }
}

resource "aws_ecs_service" "service" {
  name                              = var.name
  cluster                           = aws_ecs_cluster.main.id
  task_definition                   = aws_ecs_task_definition.service.arn
  launch_type                       = "FARGATE"
  desired_count                     = var.min_tasks
  health_check_grace_period_seconds = 15
  propagate_tags                    = "SERVICE"
  enable_ecs_managed_tags           = true

  # New tasks start beside the old ones; old ones go only when as many new ones are healthy.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.private_subnet_ids
    security_groups  = [aws_security_group.tasks.id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.tasks.arn
    container_name   = local.container.name
    container_port   = local.port
  }

  lifecycle {
    # Deployments register new revisions, and load changes the number of tasks.
    ignore_changes = [task_definition, desired_count]
  }

  depends_on = [aws_lb_listener.https]
}

resource "aws_appautoscaling_target" "tasks" {
  service_namespace  = "ecs"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.service.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = var.min_tasks
  max_capacity       = var.max_tasks
}

resource "aws_appautoscaling_policy" "cpu" {
  name               = "${var.name}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.tasks.service_namespace
  resource_id        = aws_appautoscaling_target.tasks.resource_id
  scalable_dimension = aws_appautoscaling_target.tasks.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = 60
    scale_in_cooldown  = 120
    scale_out_cooldown = 30

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
