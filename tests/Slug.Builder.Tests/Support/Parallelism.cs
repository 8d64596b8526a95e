// Most of them wait for programs that they start; each has folders and a service of its own.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(3)]
