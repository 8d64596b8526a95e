// Builds that wait for a registry leave a core to those that compile; a fixture runs beside others where it says so.
[assembly: LevelOfParallelism(2)]
