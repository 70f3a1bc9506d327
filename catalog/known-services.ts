/*
 * Services of Google Cloud by name, without the domain, for finding misspelt ones. Newer services may be missing: add them.
 * Source: Google's public API definitions (googleapis), names of services, and the APIs that the provider's resources
 * call; read 2026-08.
 */
const names = `
  accessapproval accesscontextmanager admin advisorynotifications aiplatform alloydb analytics analyticshub apigateway apigee
  apigeeconnect apigeeregistry apihub apikeys apphub appengine appengineflex artifactregistry artifactscanning
  assuredworkloads automl autoscaling backupdr baremetalsolution batch beyondcorp biglake bigquery bigqueryconnection
  bigquerydatapolicy bigquerydatatransfer bigquerymigration bigqueryreservation bigquerystorage bigtable bigtableadmin
  billingbudgets binaryauthorization blockchainnodeengine certificatemanager chronicle cloudapis cloudasset cloudbilling cloudbuild
  clouddebugger clouddeploy clouderrorreporting cloudfunctions cloudidentity cloudkms cloudprofiler cloudquotas
  cloudresourcemanager cloudscheduler cloudshell cloudsupport cloudtasks cloudtrace composer compute confidentialcomputing
  config connectgateway connectors contactcenterinsights container containeranalysis containerfilesystem
  containerregistry containersecurity containerthreatdetection contentwarehouse datacatalog dataflow dataform datafusion datalabeling
  datalineage datamigration datapipelines dataplex dataproc dataprocgdc datastore datastream datastudio deploymentmanager
  developerconnect dialogflow discoveryengine dlp dns documentai domains drive earthengine edgecontainer edgenetwork essentialcontacts
  eventarc eventarcpublishing fcm file firebase firebaseappcheck firebaseapphosting firebasedataconnect firebasedatabase
  firebaseextensions firebasehosting firebaserules firebasestorage firestore gameservices geminidataanalytics generativelanguage
  gkebackup gkeconnect gkehub gkemulticloud gkeonprem groupssettings healthcare iam iamcredentials iap identitytoolkit ids
  integrations jobs kmsinventory kubernetesmetadata language licensemanager lifesciences livestream logging looker
  lustre managedidentities managedkafka memcache memorystore mesh meshconfig metastore migrationcenter ml modelarmor monitoring
  multiclustermetering multiclusteringress netapp networkconnectivity networkmanagement networksecurity networkservices
  networktopology notebooks ondemandscanning oracledatabase orchestration orgpolicy osconfig oslogin parallelstore
  parametermanager places policyanalyzer policysimulator policytroubleshooter privateca privilegedaccessmanager
  progressiverollout publicca pubsub pubsublite rapidmigrationassessment recaptchaenterprise recommender redis replicapool
  resourceviews retail routeoptimization run runtimeconfig saasservicemgmt secretmanager securetoken securesourcemanager
  securitycenter securitycentermanagement securityposture servicebroker serviceconsumermanagement servicecontrol
  servicedirectory servicehealth servicemanagement servicenetworking serviceusage sheets sourcerepo spanner speech sql-component
  sqladmin stackdriver storage storage-api storage-component storagebatchoperations storageinsights storagetransfer sts
  telecomdatafabric telemetry texttospeech timeseriesinsights tpu trafficdirector transcoder transferappliance translate
  vectorsearch videointelligence videostitcher vision visionai visualinspection vmmigration vmwareengine vpcaccess webrisk
  websecurityscanner workflowexecutions workflows workloadcertificate workloadmanager workstations
`;

export const knownServices: ReadonlySet<string> = new Set(names.trim().split(/\s+/));
