# Packed into vendor/cache by 'gem build greeting.gemspec': a gem that comes with the repository.
Gem::Specification.new do |gem|
  gem.name = "greeting"
  gem.version = "1.0.0"
  gem.summary = "Says hello"
  gem.authors = ["Slug"]
  gem.license = "MIT"
  gem.files = ["lib/greeting.rb"]
end
