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

resource "google_storage_bucket" "created" {
  name     = "created"
  location = "EU"
}

resource "google_storage_bucket" "updated" {
  name     = "updated"
  location = "EU"
  labels   = { tier = "new" }
}

resource "google_storage_bucket" "renamed" {
  name     = "renamed-2"
  location = "EU"
}

resource "google_storage_bucket" "renamed_first" {
  name     = "renamed-first-2"
  location = "EU"
  lifecycle {
    create_before_destroy = true
  }
}

resource "terraform_data" "tainted" {}

resource "terraform_data" "asked_for" {}

resource "terraform_data" "trigger" {
  input = "new"
}

resource "terraform_data" "triggered" {
  lifecycle {
    replace_triggered_by = [terraform_data.trigger]
  }
}

resource "terraform_data" "counted" {
  count = 1
}

resource "terraform_data" "keyed" {
  for_each = toset(["kept"])
}

resource "terraform_data" "no_longer_keyed" {}

removed {
  from = google_storage_bucket.forgotten
  lifecycle {
    destroy = false
  }
}

moved {
  from = google_storage_bucket.old_address
  to   = google_storage_bucket.new_address
}

resource "google_storage_bucket" "new_address" {
  name     = "moved"
  location = "EU"
}

moved {
  from = terraform_data.old_address
  to   = terraform_data.new_address
}

resource "terraform_data" "new_address" {
  input = "new"
}

import {
  to = google_storage_bucket.imported
  id = "imported"
}

resource "google_storage_bucket" "imported" {
  name     = "imported"
  location = "EU"
}

import {
  to = google_storage_bucket.imported_and_changed
  id = "imported-and-changed"
}

resource "google_storage_bucket" "imported_and_changed" {
  name     = "imported-and-changed"
  location = "EU"
  labels   = { tier = "new" }
}

data "terraform_remote_state" "of_pending" {
  backend    = "local"
  config     = { path = "none.tfstate" }
  depends_on = [google_storage_bucket.created]
}

data "terraform_remote_state" "of_unknown" {
  backend = "local"
  config  = { path = google_storage_bucket.created.id }
}

resource "google_storage_bucket" "read_by_others" {
  name     = "read-by-others"
  location = "EU"
  labels   = { tier = "old" }
}

resource "terraform_data" "reads_labels" {
  input = google_storage_bucket.read_by_others.effective_labels
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
    password = "${var.secret}-2"
    pin      = sensitive(43)
    list     = ["plain", "${var.secret}-2"]
    json     = nonsensitive(jsonencode({ token = var.secret }))
    base64   = nonsensitive(base64encode("user:${var.secret}"))
  }
}

resource "google_storage_bucket" "constant" {
  name     = "constant"
  location = "EU"
}

check "passes" {
  assert {
    condition     = google_storage_bucket.updated.name == "updated"
    error_message = "Never said."
  }
}

check "fails" {
  assert {
    condition     = google_storage_bucket.updated.labels.tier == "old"
    error_message = "The tier is ${google_storage_bucket.updated.labels.tier}."
  }
}

check "cannot_be_known" {
  assert {
    condition     = google_storage_bucket.created.id != ""
    error_message = "Never said."
  }
}

output "created" {
  value = google_storage_bucket.created.id
}

output "in_part" {
  value = { name = google_storage_bucket.created.name, id = google_storage_bucket.created.id }
}

output "changed" {
  value = "new"
}

output "secret" {
  value     = "${var.secret}-2"
  sensitive = true
}
