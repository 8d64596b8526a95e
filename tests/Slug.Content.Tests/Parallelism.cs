// What is computed here shares nothing: one fixture a core.
[assembly: Parallelizable(ParallelScope.Fixtures)]
