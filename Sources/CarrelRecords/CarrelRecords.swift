// CarrelRecords: see the manifest for what this module may import.
