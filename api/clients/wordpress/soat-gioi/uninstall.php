<?php
/**
 * Leave nothing behind: the settings with the key, and what was kept with posts.
 *
 * @package SoatGioi
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'soat_gioi' );
delete_post_meta_by_key( '_soat_gioi' );
delete_post_meta_by_key( '_soat_gioi_held' );
