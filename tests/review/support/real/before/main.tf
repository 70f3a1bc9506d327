terraform {
  required_providers {
    google = { source = "hashicorp/google" }
  }
}

provider "google" {
  project = "acme-ml"
  region  = "europe-west4"
}

variable "secret" {
  type      = string
  sensitive = true
  default   = "canary-of-the-default"
}

resource "google_storage_bucket" "updated" {
  name     = "updated"
  location = "EU"
  labels   = { tier = "old" }
}

resource "google_storage_bucket" "renamed" {
  name     = "renamed"
  location = "EU"
}

resource "google_storage_bucket" "renamed_first" {
  name     = "renamed-first"
  location = "EU"
  lifecycle {
    create_before_destroy = true
  }
}

resource "terraform_data" "tainted" {}

resource "terraform_data" "asked_for" {}

resource "terraform_data" "trigger" {
  input = "old"
}

resource "terraform_data" "triggered" {
  lifecycle {
    replace_triggered_by = [terraform_data.trigger]
  }
}

resource "google_storage_bucket" "gone" {
  name     = "gone"
  location = "EU"
}

resource "terraform_data" "counted" {
  count = 2
}

resource "terraform_data" "keyed" {
  for_each = toset(["kept", "a]b.\"c"])
}

resource "terraform_data" "no_longer_keyed" {
  for_each = toset(["one"])
}

module "gone" {
  source = "./inner"
}

resource "google_storage_bucket" "forgotten" {
  name     = "forgotten"
  location = "EU"
}

resource "google_storage_bucket" "old_address" {
  name     = "moved"
  location = "EU"
}

resource "terraform_data" "old_address" {
  input = "old"
}

resource "google_storage_bucket" "read_by_others" {
  name     = "read-by-others"
  location = "EU"
  labels   = { tier = "old" }
}

resource "google_storage_bucket" "ignored" {
  name     = "ignored"
  location = "EU"
  labels   = { tier = "old" }
  lifecycle {
    ignore_changes = [labels]
  }
}

resource "terraform_data" "deposed" {}

resource "terraform_data" "with_secrets" {
  input = {
    password = var.secret
    list     = ["plain", var.secret]
  }
}

resource "google_storage_bucket" "constant" {
  name     = "constant"
  location = "EU"
}

output "changed" {
  value = "old"
}

output "removed" {
  value = "old"
}

output "secret" {
  value     = var.secret
  sensitive = true
}
