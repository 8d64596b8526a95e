public static class Words { public const string Hello = "Hello"; }
